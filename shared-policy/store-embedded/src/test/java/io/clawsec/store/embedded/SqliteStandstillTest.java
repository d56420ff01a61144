package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.Verification;
import io.clawsec.testkit.AuditSamples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that another process keeps locked. */
@Timeout(30)
class SqliteStandstillTest {

    /** A standstill is a third of it. */
    private static final Duration CALLER_WAIT = Duration.ofSeconds(3);

    private static final Duration LOCK_WAIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void a_probe_does_not_wait_as_long_as_callers_and_a_lock_that_is_let_go_ends_the_standstill() throws Exception {
        AuditSamples samples = new AuditSamples(8);
        Path file = folder.resolve("clawsec.db");
        SqliteWriter.Bounds bounds = new SqliteWriter.Bounds(4, 16, CALLER_WAIT, LOCK_WAIT);
        try (EmbeddedStore store = EmbeddedStore.open(file, UUID::randomUUID, bounds)) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> store.audit().probe())
                        .isInstanceOf(AuditUnavailableException.class)
                        .hasMessageContaining("longer than 1000 ms");
                assertThat(store.queue().refuses()).isTrue();
                assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                        .isInstanceOf(AuditUnavailableException.class)
                        .hasMessageContaining("nothing was written");
                statement.execute("ROLLBACK");
            }
            while (store.queue().refuses()) {
                Thread.onSpinWait();
            }
            store.audit().append(List.of(samples.event()));
            assertThat(AuditVerifier.verify(store.audit())).isEqualTo(new Verification(1, 1, List.of()));
        }
    }
}
