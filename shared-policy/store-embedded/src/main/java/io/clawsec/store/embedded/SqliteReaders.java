package io.clawsec.store.embedded;

import io.clawsec.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A few connections that can only read, lent to one caller at a time. */
final class SqliteReaders implements AutoCloseable {

    /** Connections at most; SQLite reads are short, and each holds a page cache of 2 MB. */
    static final int MOST = 4;

    /** How long a caller waits for one. */
    static final Duration WAIT = Duration.ofSeconds(5);

    /** What is read. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private final SqliteDatabase database;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final Deque<Connection> idle = new ArrayDeque<>(MOST);
    private boolean closed;

    SqliteReaders(SqliteDatabase database) {
        this.database = database;
    }

    /** Lends a connection to the reading and gives back what it read. */
    <T> T read(Reading<T> reading) throws StoreUnavailableException {
        acquire();
        try {
            database.file().requireInPlace();
            Connection connection = take();
            boolean sound = false;
            try {
                T result = reading.from(connection);
                sound = true;
                return result;
            } finally {
                give(connection, sound);
            }
        } catch (SQLException | UnusableDatabaseException e) {
            throw new StoreUnavailableException("the database cannot be read", e);
        } finally {
            permits.release();
        }
    }

    private void acquire() throws StoreUnavailableException {
        try {
            if (!permits.tryAcquire(WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreUnavailableException("all readers are busy", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("the caller was interrupted while it waited", e);
        }
    }

    private Connection take() throws SQLException, StoreUnavailableException {
        Connection connection = takeIdle();
        return connection == null ? database.connectReader() : connection;
    }

    private synchronized @Nullable Connection takeIdle() throws StoreUnavailableException {
        if (closed) {
            throw new StoreUnavailableException("the store is closed", null);
        }
        return idle.poll();
    }

    private void give(Connection connection, boolean sound) throws SQLException {
        synchronized (this) {
            if (sound && !closed) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                // A connection that only read has nothing to lose.
            }
        }
    }
}
