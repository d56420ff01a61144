package io.clawsec.store.postgres;

import io.clawsec.store.postgres.migrate.Migration;
import io.clawsec.testkit.AuditSamples;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The server that a build's tests share: one that is started once and ends with the build, or the one that {@code
 * CLAWSEC_TEST_POSTGRES_URL} (or a system property of that name) names, as a superuser.
 */
final class TestServer {

    static final String OWNER = "clawsec_test_owner";
    static final String RUNTIME = "clawsec_test_runtime";
    static final String SUPERUSER = "postgres";

    /** The day of the samples. */
    static final Clock CLOCK = Clock.fixed(AuditSamples.START, ZoneOffset.UTC);

    private static final String NAMED = "CLAWSEC_TEST_POSTGRES_URL";
    private static final String PASSWORD = "made-up-for-tests";
    private static final String PROCESS = Long.toString(ProcessHandle.current().pid(), 36);
    private static @Nullable TestServer shared;

    private final PostgresUrl superuser;
    private final String template = "clawsec_template_" + PROCESS;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServer(PostgresUrl superuser) {
        this.superuser = superuser;
    }

    static synchronized TestServer shared() {
        TestServer server = shared;
        if (server == null) {
            server = of(CLOCK);
            shared = server;
        }
        return server;
    }

    /** A server with partitions from the clock's month on. */
    static TestServer of(Clock clock) {
        TestServer server = new TestServer(PostgresUrl.parse(url()));
        server.prepare(clock);
        return server;
    }

    private static boolean isNamed() {
        return System.getProperty(NAMED, System.getenv(NAMED)) != null;
    }

    private static String url() {
        return isNamed() ? System.getProperty(NAMED, System.getenv(NAMED)) : startEmbedded();
    }

    /** Durable, unlike what it is by default; it ends with the process. */
    @SuppressWarnings("resource") // closed by its own hook
    private static String startEmbedded() {
        try {
            return url(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url(EmbeddedPostgres server) {
        return "postgresql://" + SUPERUSER + "@localhost:" + server.getPort() + "/postgres";
    }

    private void prepare(Clock clock) {
        makeRoles(superuser);
        execute(superuser, "CREATE DATABASE " + template + " OWNER " + OWNER);
        new Migration(url(OWNER, template), clock).run(RUNTIME);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(template)));
    }

    /** As an operator makes them. */
    static void makeRoles(PostgresUrl superuser) {
        for (String role : new String[] {OWNER, RUNTIME}) {
            execute(
                    superuser,
                    "DO $$ BEGIN CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD
                            + "'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
    }

    /** A new database with its tables; its name. */
    String newDatabase() {
        String name = emptyName();
        execute(superuser, "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + OWNER);
        return name;
    }

    /** A new database without tables; its name. */
    String newEmptyDatabase() {
        String name = emptyName();
        execute(superuser, "CREATE DATABASE " + name + " OWNER " + OWNER);
        return name;
    }

    private String emptyName() {
        return "clawsec_" + PROCESS + "_" + databases.incrementAndGet();
    }

    /** Only from a server that outlives the tests: it waits for a checkpoint, which takes longer than most tests. */
    void drop(String database) {
        if (isNamed()) {
            execute(superuser, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        }
    }

    PostgresUrl url(String role, String database) {
        return PostgresUrl.parse(text(role, database));
    }

    PostgresUrl superuser(String database) {
        return place(superuser, database);
    }

    /** The URL as an operator writes it. */
    String text(String role, String database) {
        String hosts = superuser.place().substring(0, superuser.place().indexOf('/'));
        return "postgresql://" + role + ":" + PASSWORD + "@" + hosts + "/" + database;
    }

    private static PostgresUrl place(PostgresUrl url, String database) {
        String hosts = url.place().substring(0, url.place().indexOf('/'));
        return new PostgresUrl(hosts + "/" + database, url.properties(), url.unsafeDurability());
    }

    static void execute(PostgresUrl url, String sql) {
        try (Connection connection = url.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
