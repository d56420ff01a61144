package io.clawsec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.cli.CliProcess.Ended;
import io.clawsec.testkit.DynamoDbLocal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's command, as a process: what it prints, where, and its exit code. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class MigrateCommandTest {

    private static final String PASSWORD = "sesame";

    /** The local engine takes any that is a word. */
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", PASSWORD, "AWS_SECRET_ACCESS_KEY", PASSWORD);

    private static final Path DYNAMODB_LOCAL =
            Path.of("../../shared-policy/store-dynamodb").resolve(DynamoDbLocal.CLASS_PATH_FILE);

    @TempDir
    Path folder;

    private Ended run(String url, String... more) throws Exception {
        String[] arguments = new String[1 + more.length];
        arguments[0] = "migrate";
        System.arraycopy(more, 0, arguments, 1, more.length);
        Map<String, String> environment = new HashMap<>(CREDENTIALS);
        environment.put("DATABASE_URL", url);
        Ended ended = new CliProcess(folder, environment).run(arguments);
        assertThat(ended.out() + ended.err()).doesNotContain(PASSWORD);
        return ended;
    }

    @Test
    void tables_are_made_once_and_the_second_run_finds_them() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE clawsec LOGIN");
            }
            String url = "postgresql+psycopg2://postgres:" + PASSWORD + "@localhost:" + server.getPort() + "/postgres";
            Ended first = run(url, "--runtime-role", "clawsec");
            assertThat(first.err()).isEmpty();
            assertThat(first.exitCode()).isZero();
            assertThat(first.out())
                    .contains("tables: version 0 → 1")
                    .contains("rights granted to: clawsec")
                    .doesNotContain("partitions made: none");
            Ended second = run(url);
            assertThat(second.exitCode()).isZero();
            assertThat(second.out())
                    .contains("tables: version 1, as before")
                    .contains("partitions made: none")
                    .contains("rights granted: none");
            Ended refused = run(url, "--runtime-role", "nobody");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).startsWith("clawsec: there is no role").hasLineCount(1);
        }
    }

    @Test
    void tables_in_dynamodb_are_made_once_and_the_second_run_finds_them() throws Exception {
        String url = "dynamodb://sam?region=eu-central-1&endpoint=" + DynamoDbLocal.start(DYNAMODB_LOCAL);
        Ended first = run(url);
        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).isEqualTo("""
                tables made: sam-audit, sam-usage, sam-settings
                tables that were there: none
                """);
        Ended second = run("sqlite:not-this-one", "--url", url);
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).isEqualTo("""
                tables made: none
                tables that were there: sam-audit, sam-usage, sam-settings
                """);
        Ended unusable = run(url, "--runtime-role", "clawsec");
        assertThat(unusable.exitCode()).isEqualTo(2);
        assertThat(unusable.err())
                .startsWith("clawsec: DATABASE_URL names DynamoDB")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2, DATABASE_URL is not set",
        "sqlite:clawsec.db, 2, DATABASE_URL must be postgresql://",
        "postgresql://owner:sesame@db/clawsec?password=sesame, 2, DATABASE_URL has an option that is none of",
        "postgresql://owner:sesame@localhost:1/clawsec, 1, the database cannot be migrated",
        "dynamodb://sam?password=sesame, 2, DATABASE_URL has an option that is neither",
        "dynamodb://sam?region=eu-central-1&endpoint=http://u:sesame@x, 2, DATABASE_URL has an endpoint that is not",
        "dynamodb://sam?region=eu-central-1&endpoint=http://localhost:1, 1, tables cannot be made: DynamoDB says nothing"
    })
    void what_is_wrong_is_told_in_a_line_without_the_password(String url, int exitCode, String reason)
            throws Exception {
        Ended ended = run(url);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).startsWith("clawsec: " + reason);
        assertThat(ended.out()).isEmpty();
    }
}
