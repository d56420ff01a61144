package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.store.postgres.migrate.Migration;
import io.clawsec.testkit.AuditSamples;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes away under load and comes back. The rounds are few; {@code clawsec.rounds} says how many. */
@Timeout(180)
class RestartTest {

    private static final int WRITERS = 8;
    private static final int ROUNDS = Integer.getInteger("clawsec.rounds", 2);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastAcknowledgedNanos = new AtomicLong(System.nanoTime());
    private final AtomicBoolean ending = new AtomicBoolean();

    /** Always the same folder and port, as a server that is restarted. */
    private static EmbeddedPostgres start(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** In one round the server is told to end, in the next it crashes: its children are killed, nothing is flushed. */
    private static void stop(EmbeddedPostgres server, Path folder, int round) throws Exception {
        if (round % 2 == 1) {
            String pid = Files.readAllLines(folder.resolve("postmaster.pid")).get(0);
            new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        }
        server.close();
    }

    private void appendUntilTheEnd(PostgresStore store, long seed) {
        AuditSamples samples = new AuditSamples(seed);
        while (!ending.get()) {
            AuditEvent event = samples.event();
            try {
                store.audit().append(List.of(event));
                acknowledged.add(event.id());
                lastAcknowledgedNanos.set(System.nanoTime());
            } catch (AuditUnavailableException e) {
                // Refused: the caller was told, and nothing is promised of this event.
            }
        }
    }

    /** Waits for an append that began after now to be acknowledged. */
    private void awaitProgress() {
        int before = acknowledged.size();
        while (acknowledged.size() < before + 2 * WRITERS) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nothing_acknowledged_is_lost_or_doubled_and_no_chain_has_a_hole() throws Exception {
        Path folder = Files.createTempDirectory("clawsec-restart");
        int port = freePort();
        EmbeddedPostgres server = start(folder, port);
        PostgresUrl superuser = PostgresUrl.parse(TestServer.url(server));
        TestServer.makeRoles(superuser);
        new Migration(superuser, TestServer.CLOCK).run(TestServer.RUNTIME);
        PostgresUrl url = PostgresUrl.parse("postgresql://" + TestServer.RUNTIME + "@localhost:" + port + "/postgres");
        List<Thread> writers = new ArrayList<>();
        try (PostgresStore store = PostgresStore.open(url)) {
            for (int i = 0; i < WRITERS; i++) {
                long seed = i;
                Thread writer = new Thread(() -> appendUntilTheEnd(store, seed));
                writers.add(writer);
                writer.start();
            }
            for (int round = 0; round < ROUNDS; round++) {
                awaitProgress();
                stop(server, folder, round);
                server = start(folder, port);
                long back = System.nanoTime();
                awaitProgress();
                assertThat(Duration.ofNanos(System.nanoTime() - back))
                        .as("recovery in round %d", round)
                        .isLessThan(RECOVERY);
            }
            ending.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            List<UUID> stored = new ArrayList<>();
            store.audit().forEachRecord(record -> stored.add(record.indexed().id()));
            assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(AuditVerifier.verify(store.audit()).problems()).isEmpty();
        } finally {
            ending.set(true);
            server.close();
        }
    }
}
