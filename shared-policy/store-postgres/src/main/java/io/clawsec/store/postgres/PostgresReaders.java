package io.clawsec.store.postgres;

import io.clawsec.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lends connections to those who read; a few at a time, so that the writer always finds one. */
final class PostgresReaders {

    /** Connections at most. */
    static final int MOST = 4;

    /** How long a caller waits for its turn. */
    static final Duration WAIT = Duration.ofSeconds(5);

    /** What is read. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private final PostgresDatabase database;
    private final Semaphore permits = new Semaphore(MOST, true);

    PostgresReaders(PostgresDatabase database) {
        this.database = database;
    }

    /** Lends a connection to the reading and gives back what it read. */
    <T> T read(Reading<T> reading) throws StoreUnavailableException {
        acquire();
        try {
            return readOnce(reading);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database cannot be read", e);
        } finally {
            permits.release();
        }
    }

    /** Once that succeeds: a connection that the server has dropped meanwhile shows it when it is used. */
    private <T> T readOnce(Reading<T> reading) throws SQLException {
        try (Connection connection = database.borrow()) {
            return reading.from(connection);
        } catch (SQLException e) {
            if (!Failures.isOfConnection(e)) {
                throw e;
            }
        }
        try (Connection connection = database.borrow()) {
            return reading.from(connection);
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
}
