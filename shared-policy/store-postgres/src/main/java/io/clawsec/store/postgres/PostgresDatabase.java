package io.clawsec.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.clawsec.store.sql.SqlReaders;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * One PostgreSQL database: makes and keeps connections on which a commit is durable and every wait is bounded, and throws
 * where it would not be.
 */
final class PostgresDatabase implements SqlReaders.Lender, AutoCloseable {

    /** Connections at most: the writer's one, and a few that read. */
    static final int MOST_CONNECTIONS = 1 + SqlReaders.MOST;

    /** How long a caller waits for a connection of the pool, one that must be made first included. */
    static final Duration POOL_WAIT = Duration.ofSeconds(3);

    /** How long a connection that lay idle may take to show that it still stands. */
    private static final Duration VALIDATION_WAIT = Duration.ofSeconds(2);

    /** How long the server works at a statement. */
    static final Duration STATEMENT_WAIT = Duration.ofSeconds(4);

    /** How long a statement waits for other processes' locks. */
    static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    /** How long the server keeps a transaction, and its locks, of a process that says nothing more. */
    static final Duration IDLE_IN_TRANSACTION_WAIT = Duration.ofSeconds(5);

    /** How long the network may be silent while an answer is due; longer than the server needs to give up by itself. */
    static final Duration SOCKET_WAIT = Duration.ofSeconds(6);

    /** The oldest server whose words are used here. */
    private static final int OLDEST_VERSION = 140_000;

    /*
     * A session's settings, and what decides whether a commit lasts; in one exchange. The planner is left no choice but
     * the indexes: without statistics it guesses, and a guess that changes is a page that takes seconds one day. A page is
     * too short to be compiled.
     */
    private static final String BEGIN_SESSION =
            "SELECT set_config('statement_timeout', '" + STATEMENT_WAIT.toMillis() + "', false), "
                    + "set_config('lock_timeout', '" + LOCK_WAIT.toMillis() + "', false), "
                    + "set_config('idle_in_transaction_session_timeout', '" + IDLE_IN_TRANSACTION_WAIT.toMillis()
                    + "', false), set_config('enable_seqscan', 'off', false), set_config('enable_sort', 'off', false), "
                    + "set_config('enable_bitmapscan', 'off', false), set_config('jit', 'off', false), "
                    + "set_config('default_transaction_isolation', 'read committed', false), "
                    + "current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit, "
                    + "current_setting('server_version_num')::integer AS version, "
                    + "pg_catalog.pg_is_in_recovery() AS replica";

    private final PostgresUrl url;
    private final HikariDataSource pool;

    private PostgresDatabase(PostgresUrl url) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        ConnectionSource connections = this::connect;
        config.setDataSource(connections.asDataSource());
        config.setPoolName("clawsec-postgres");
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(POOL_WAIT.toMillis());
        config.setValidationTimeout(VALIDATION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1); // what is wrong has been said by then, and better
        this.pool = new HikariDataSource(config);
    }

    /**
     * Opens the database.
     *
     * @throws UnusableDatabaseException when it cannot be used; the message says why
     */
    static PostgresDatabase open(PostgresUrl url) {
        PostgresDatabase database = new PostgresDatabase(url);
        boolean sound = false;
        try (Connection connection = database.connect()) {
            SchemaVersion.require(connection);
            sound = true;
            return database;
        } catch (SQLException e) {
            throw new UnusableDatabaseException("the database cannot be opened: " + reason(e), e);
        } finally {
            if (!sound) {
                database.close();
            }
        }
    }

    /** The driver's words are for its programmer: where the server has said something, that is what helps. */
    static String reason(SQLException e) {
        String state = e.getSQLState();
        String message = e.getMessage();
        return (message == null
                        ? "it gave no reason"
                        : message.lines().findFirst().orElse(""))
                + (state == null ? "" : " (SQLSTATE " + state + ")");
    }

    /** A connection of the pool. Closing it gives it back; a transaction that is open then is rolled back. */
    Connection borrow() throws SQLException {
        return pool.getConnection();
    }

    /** Once that succeeds: a connection that the server has dropped meanwhile shows it when it is used. */
    @Override
    public <T> T lend(SqlReaders.Reading<T> reading) throws SQLException {
        try (Connection connection = borrow()) {
            return reading.from(connection);
        } catch (SQLException e) {
            if (!Failures.isOfConnection(e)) {
                throw e;
            }
        }
        try (Connection connection = borrow()) {
            return reading.from(connection);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = url.connect(Map.of("socketTimeout", String.valueOf(SOCKET_WAIT.toSeconds())));
        try {
            begin(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet session = statement.executeQuery(BEGIN_SESSION)) {
            session.next();
            if (session.getInt("version") < OLDEST_VERSION) {
                throw new UnusableDatabaseException("PostgreSQL 14 or later is needed", null);
            }
            if (session.getBoolean("replica")) {
                throw new UnusableDatabaseException("the server is a replica, which cannot be written to", null);
            }
            if (!url.unsafeDurability()) {
                requireOn("fsync", session);
                requireOn("synchronous_commit", session);
            }
        }
    }

    /** All but off wait for this server's disk; some wait for a replica's too. */
    private static void requireOn(String setting, ResultSet session) throws SQLException {
        if (session.getString(setting).equals("off")) {
            throw new UnusableDatabaseException(
                    "the server runs with " + setting
                            + " = off, so what it acknowledges may be lost in a crash; switch it " + "on, or add ?"
                            + PostgresUrl.UNSAFE_DURABILITY + "=true where that does not matter",
                    null);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
