package io.clawsec.store.postgres;

import io.clawsec.store.postgres.migrate.Migration;
import io.clawsec.testkit.AppendsUnderFault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away under load and comes back: told to end, or crashed. */
@Timeout(600)
class RestartTest {

    private static final long SEED = 23;

    @TempDir
    private Path folder;

    private int port;
    private EmbeddedPostgres server;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server = start();
        PostgresUrl superuser = PostgresUrl.parse(TestServer.url(server));
        TestServer.makeRoles(superuser);
        new Migration(superuser, TestServer.CLOCK).run(TestServer.RUNTIME);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Always the same folder and port, as a server that is restarted. */
    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** Its children are killed and nothing is flushed. */
    private void crash() throws IOException, InterruptedException {
        String pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                .get(0);
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
    }

    private void rounds(String kind, boolean crashes) throws Exception {
        PostgresUrl url = PostgresUrl.parse("postgresql://" + TestServer.RUNTIME + "@localhost:" + port + "/postgres");
        try (PostgresStore store = PostgresStore.open(url);
                PostgresStore other = PostgresStore.open(url)) {
            new AppendsUnderFault(store.audit(), other.audit(), SEED).rounds(kind, round -> {
                if (crashes) {
                    crash();
                }
                server.close();
                server = start();
            });
        }
    }

    @Test
    void a_server_that_is_stopped_and_started_is_written_to_again_and_has_all() throws Exception {
        rounds("PostgreSQL, stopped and started", false);
    }

    @Test
    void a_server_that_crashes_and_is_started_is_written_to_again_and_has_all() throws Exception {
        rounds("PostgreSQL, crashed and started", true);
    }
}
