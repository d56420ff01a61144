package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.store.postgres.migrate.Migration;
import io.clawsec.store.postgres.migrate.MigrationException;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.ManyCallers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a migration makes and grants, and what a service refuses to run on. */
class MigrationTest {

    private final TestServer server = TestServer.shared();
    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    private void as(PostgresUrl url, String sql) throws SQLException {
        try (Connection connection = url.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void the_retention_procedures_setting_lets_its_owner_delete_and_nothing_else() throws Exception {
        database.mine().audit().append(new AuditSamples(1).events(2));
        String begin = "BEGIN; SET LOCAL clawsec.retention = 'on'; ";
        for (String sql : List.of("UPDATE audit_events SET user_id = 'nobody'", "TRUNCATE audit_events")) {
            assertThatThrownBy(() -> as(database.owner(), begin + sql)).hasMessageContaining("append-only");
        }
        assertThatThrownBy(() -> as(database.runtime(), begin + "DELETE FROM audit_events"))
                .hasMessageContaining("permission denied");
        as(database.owner(), begin + "DELETE FROM audit_events; COMMIT");
        assertThat(database.number("SELECT count(*) FROM audit_events")).isZero();
    }

    @Test
    void migrating_again_adds_the_months_that_are_due_by_then_and_changes_nothing_else() {
        Migration later = new Migration(database.owner(), Clock.offset(TestServer.CLOCK, Duration.ofDays(31)));
        Migration.Result result = later.run(TestServer.RUNTIME);
        assertThat(result.versionBefore()).isEqualTo(SchemaVersion.CURRENT);
        assertThat(result.versionAfter()).isEqualTo(SchemaVersion.CURRENT);
        assertThat(result.partitionsMade()).containsExactly(YearMonth.of(2027, 12));
        assertThat(result.monthsLeft()).isEmpty();
        assertThat(later.run(null).partitionsMade()).isEmpty();
        database.mine().audit().probe();
    }

    @Test
    void a_month_whose_events_lie_in_the_default_partition_is_left_there_and_named() {
        AuditSamples samples = new AuditSamples(4);
        database.mine().audit().append(List.of(samples.eventAt(Instant.parse("2027-12-24T00:00:00Z"))));
        Migration.Result result =
                new Migration(database.owner(), Clock.offset(TestServer.CLOCK, Duration.ofDays(31))).run(null);
        assertThat(result.partitionsMade()).isEmpty();
        assertThat(result.monthsLeft()).containsExactly(YearMonth.of(2027, 12));
    }

    /** As when the pods of a deployment each begin with it. */
    @Test
    void several_at_once_make_each_month_once_and_none_fails() {
        Clock nextYear = Clock.offset(TestServer.CLOCK, Duration.ofDays(400));
        List<Migration.Result> results =
                ManyCallers.run(4, caller -> new Migration(database.owner(), nextYear).run(TestServer.RUNTIME));
        assertThat(results.stream().flatMap(result -> result.partitionsMade().stream()))
                .hasSize(Migration.MONTHS_AHEAD + 1)
                .doesNotHaveDuplicates();
        database.mine().audit().probe();
    }

    @Test
    void a_role_that_is_not_there_or_that_no_right_binds_is_refused() {
        Migration migration = new Migration(database.owner(), TestServer.CLOCK);
        assertThatThrownBy(() -> migration.run("nobody\"; DROP TABLE audit_ids; --"))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("CREATE ROLE");
        for (String unbound : List.of(TestServer.OWNER, TestServer.SUPERUSER)) {
            assertThatThrownBy(() -> migration.run(unbound))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("another than the owner");
        }
    }

    @Test
    void a_service_never_makes_tables_and_names_the_command_that_does() {
        String empty = server.newEmptyDatabase();
        try {
            assertThatThrownBy(() -> PostgresStore.open(server.url(TestServer.RUNTIME, empty)))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("./clawsec migrate");
        } finally {
            server.drop(empty);
        }
    }

    @Test
    void tables_of_another_version_are_refused_with_what_to_do() throws Exception {
        database.execute("UPDATE flyway_schema_history SET version = '0'");
        assertThatThrownBy(database::another).hasMessageContaining("./clawsec migrate");
        database.execute("UPDATE flyway_schema_history SET version = '9'");
        assertThatThrownBy(database::another).hasMessageContaining("or a later one");
        database.execute("REVOKE SELECT ON flyway_schema_history FROM " + TestServer.RUNTIME);
        assertThatThrownBy(database::another).hasMessageContaining("--runtime-role");
    }

    @Test
    void the_version_that_services_know_is_that_of_the_newest_file() throws IOException, URISyntaxException {
        URL first = MigrationTest.class.getResource("migration/V1__first_tables.sql");
        try (Stream<Path> files = Files.list(Path.of(first.toURI()).getParent())) {
            assertThat(files.mapToInt(file -> Integer.parseInt(
                                    file.getFileName().toString().replaceFirst("V([0-9]+)__.*", "$1")))
                            .max())
                    .hasValue(SchemaVersion.CURRENT);
        }
    }

    @Test
    void a_server_that_does_not_wait_for_its_disk_is_refused_unless_the_url_allows_it() throws Exception {
        database.execute("ALTER ROLE " + TestServer.RUNTIME + " IN DATABASE "
                + database.runtime().place().replaceFirst(".*/", "") + " SET synchronous_commit = off");
        assertThatThrownBy(database::another).hasMessageContaining("synchronous_commit = off");
        PostgresUrl safe = database.runtime();
        try (PostgresStore store = PostgresStore.open(new PostgresUrl(safe.place(), safe.properties(), true))) {
            assertThatCode(() -> store.audit().probe()).doesNotThrowAnyException();
        }
        try (EmbeddedPostgres careless = EmbeddedPostgres.start()) { // its own choice for tests is fsync = off
            assertThatThrownBy(() -> PostgresStore.open(PostgresUrl.parse(TestServer.url(careless))))
                    .hasMessageContaining("fsync = off")
                    .hasMessageContaining(PostgresUrl.UNSAFE_DURABILITY);
        }
    }

    @Test
    void a_server_that_cannot_be_reached_is_named_without_the_password() {
        assertThatThrownBy(() -> PostgresStore.open(PostgresUrl.parse("postgresql://ada:sesame@localhost:1/clawsec")))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageNotContaining("sesame")
                .hasMessageContaining("cannot be opened");
    }
}
