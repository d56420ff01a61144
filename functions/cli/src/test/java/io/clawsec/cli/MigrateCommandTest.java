package io.clawsec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.cli.CliProcess.Ended;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
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

    @TempDir
    Path folder;

    private Ended run(String url, String... more) throws Exception {
        String[] arguments = new String[1 + more.length];
        arguments[0] = "migrate";
        System.arraycopy(more, 0, arguments, 1, more.length);
        Ended ended = new CliProcess(folder, Map.of("DATABASE_URL", url)).run(arguments);
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

    @ParameterizedTest
    @CsvSource({
        "'', 2, DATABASE_URL is not set",
        "sqlite:clawsec.db, 2, DATABASE_URL must be postgresql://",
        "postgresql://owner:sesame@db/clawsec?password=sesame, 2, DATABASE_URL has an option that is none of",
        "postgresql://owner:sesame@localhost:1/clawsec, 1, the database cannot be migrated"
    })
    void what_is_wrong_is_told_in_a_line_without_the_password(String url, int exitCode, String reason)
            throws Exception {
        Ended ended = run(url);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).startsWith("clawsec: " + reason);
        assertThat(ended.out()).isEmpty();
    }
}
