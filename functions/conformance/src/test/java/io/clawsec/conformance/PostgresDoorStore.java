package io.clawsec.conformance;

import io.clawsec.store.Store;
import io.clawsec.store.postgres.PostgresStoreProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server with one database: made as its owner by the command, used as the role that services have. */
final class PostgresDoorStore implements DoorStore {

    /** Where databases are made. */
    private static final String MAINTENANCE = "postgres";

    private static final String DATABASE = "clawsec";
    private static final String OWNER = "clawsec_owner";
    private static final String RUNTIME = "clawsec_runtime";
    private static final String PASSWORD = RunningClawSec.unique("made-up");

    /** The full disk's own SQLSTATE; a service must not take it for something that passes. */
    private static final String REFUSE = """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$""";

    private final EmbeddedPostgres server;
    private String refusing = "";

    private PostgresDoorStore(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts a server, durable as a service demands, and makes the tables. */
    static PostgresDoorStore start(Path folder) throws IOException, InterruptedException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        PostgresDoorStore store = new PostgresDoorStore(server);
        try {
            for (String role : List.of(OWNER, RUNTIME)) {
                store.execute(MAINTENANCE, "CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
            }
            store.execute(MAINTENANCE, "CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            MigrateProcess.run(folder, Map.of("DATABASE_URL", store.url(OWNER)), "--runtime-role", RUNTIME);
            store.execute(DATABASE, REFUSE);
            return store;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private String url(String role) {
        return "postgresql://" + role + ":" + PASSWORD + "@localhost:" + server.getPort() + "/" + DATABASE;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("DATABASE_URL", url(RUNTIME));
    }

    @Override
    public List<String> secrets() {
        return List.of(PASSWORD);
    }

    @Override
    public synchronized void refuseWrites(String table) {
        execute(
                DATABASE,
                "CREATE TRIGGER refuse BEFORE INSERT ON " + table + " FOR EACH STATEMENT EXECUTE FUNCTION refuse()");
        refusing = table;
    }

    @Override
    public synchronized void allowWrites() {
        execute(DATABASE, "DROP TRIGGER refuse ON " + refusing);
    }

    /** As somebody whom no right binds. */
    private void execute(String database, String sql) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql.replace(PASSWORD, "…"), e);
        }
    }

    @Override
    public Store open() {
        return new PostgresStoreProvider().open(url(RUNTIME), Path.of("/"));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
