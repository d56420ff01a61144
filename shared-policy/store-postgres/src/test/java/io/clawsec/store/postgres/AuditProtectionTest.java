package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.testkit.AuditSamples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what to the tables. Nothing here succeeds, so all of it is tried on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditProtectionTest {

    private static final String DENIED = "42501"; // insufficient_privilege

    private final TestDatabase database = new TestDatabase();

    @BeforeAll
    void append() {
        database.mine().audit().append(new AuditSamples(1).events(2));
    }

    @AfterAll
    void close() {
        database.close();
    }

    private static void as(PostgresUrl url, String sql) throws SQLException {
        try (Connection connection = url.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_events SET user_id = 'nobody'",
                "DELETE FROM audit_events",
                "DELETE FROM audit_events_2026_11",
                "TRUNCATE audit_events",
                "TRUNCATE audit_events_2026_11",
                "TRUNCATE audit_events_default",
                "UPDATE audit_ids SET sequence = sequence + 1",
                "DELETE FROM audit_ids",
                "TRUNCATE audit_ids",
                "SET session_replication_role = replica; DELETE FROM audit_events",
            })
    void nobody_changes_the_audit_neither_the_service_nor_the_owner_nor_a_superuser(String sql) throws Exception {
        boolean asReplica = sql.startsWith("SET");
        for (PostgresUrl who : List.of(database.runtime(), database.owner())) {
            assertThatThrownBy(() -> as(who, sql))
                    .isInstanceOf(SQLException.class)
                    .extracting(thrown -> ((SQLException) thrown).getSQLState())
                    .isEqualTo(DENIED);
        }
        assertThatThrownBy(() -> database.execute(sql)).hasMessageContaining("the audit is append-only");
        assertThat(database.number("SELECT count(*) FROM audit_events"))
                .as("by a replica's session: %s", asReplica)
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE mine (id INTEGER)",
                "SELECT audit_add_partition('2029-01-01')",
                "INSERT INTO flyway_schema_history SELECT * FROM flyway_schema_history",
                "INSERT INTO settings_version VALUES (1, 7)",
                "DELETE FROM settings_sections",
                "SELECT setval('audit_positions', 1)",
                "INSERT INTO audit_events_2026_11 SELECT * FROM audit_events",
            })
    void the_runtime_role_has_the_rights_of_its_tables_and_none_beyond(String sql) {
        assertThatThrownBy(() -> as(database.runtime(), sql)).hasMessageContaining("permission denied");
    }
}
