package io.clawsec.store.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * One SQLite database: makes connections on which a commit is durable, and throws where it would not be.
 *
 * <p>Write-ahead log, so that readers do not wait for the writer; {@code synchronous=FULL}, so that a commit returns
 * after the disk has it. Both are read back on every connection: SQLite ignores a pragma that it cannot follow.
 */
final class SqliteDatabase {

    /** How long a connection waits for another process's lock. */
    static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** The log is cut to this length after it was longer. */
    static final int MOST_IDLE_LOG_BYTES = 64 * 1024 * 1024;

    private static final int SYNCHRONOUS_FULL = 2;

    private final DatabaseFile file;

    private SqliteDatabase(DatabaseFile file) {
        this.file = file;
    }

    /**
     * Opens the database, making it where there is none.
     *
     * @throws UnusableDatabaseException when it cannot live there; the message says why
     */
    static SqliteDatabase open(Path path) {
        SqliteDatabase database = new SqliteDatabase(DatabaseFile.prepare(path));
        try (Connection connection = database.connectWriter()) {
            Schema.bring(connection);
            return database;
        } catch (SQLException e) {
            boolean other = isOf(e, SQLiteErrorCode.SQLITE_NOTADB);
            throw new UnusableDatabaseException(
                    other ? "the file is not an SQLite database: " + path : "the database cannot be opened: " + path,
                    e);
        }
    }

    /** A connection for the one writer. The caller closes it. */
    Connection connectWriter() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        Connection connection = connect(config);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA fullfsync = ON"); // macOS: a plain fsync leaves data in the drive's cache
            statement.execute("PRAGMA temp_store = MEMORY"); // no events in temporary files
            statement.execute("PRAGMA journal_size_limit = " + MOST_IDLE_LOG_BYTES);
            requireDurable(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that can only read. The caller closes it. */
    Connection connectReader() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        Connection connection = connect(config);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA temp_store = MEMORY");
            requireDurable(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        config.resetOpenMode(SQLiteOpenMode.CREATE); // DatabaseFile makes the file, with its rights
        config.setGetGeneratedKeys(false); // the driver would ask for the last row's id after every insert
        return config.createConnection("jdbc:sqlite:" + file.path());
    }

    /** Throws unless a commit on this connection is on disk when it returns. */
    static void requireDurable(Connection connection) throws SQLException {
        requirePragma(connection, "journal_mode", "wal");
        requirePragma(connection, "synchronous", String.valueOf(SYNCHRONOUS_FULL));
        requirePragma(connection, "foreign_keys", "1");
    }

    private static void requirePragma(Connection connection, String name, String expected) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA " + name)) {
            String actual = result.getString(1);
            if (!expected.equalsIgnoreCase(actual)) {
                throw new UnusableDatabaseException(
                        "SQLite runs with " + name + " = " + actual + " and not " + expected
                                + "; nothing would be durable",
                        null);
            }
        }
    }

    /** Whether SQLite gave this error, or an extended code of it. */
    static boolean isOf(SQLException thrown, SQLiteErrorCode primary) {
        return thrown instanceof SQLiteException sqlite && (sqlite.getResultCode().code & 0xFF) == primary.code;
    }

    DatabaseFile file() {
        return file;
    }
}
