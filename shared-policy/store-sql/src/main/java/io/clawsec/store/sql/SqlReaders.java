package io.clawsec.store.sql;

import io.clawsec.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets callers read, a few at a time. Safe for use by many threads. */
public final class SqlReaders {

    /** Callers that read at once, and so the connections that are lent at most. */
    public static final int MOST = 4;

    /** How long a caller waits for its turn. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** What is read. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    /** Has the connections. */
    public interface Lender {
        /** Lends a connection to the reading and gives back what it read. */
        <T> T lend(Reading<T> reading) throws SQLException, StoreUnavailableException;
    }

    private final Lender lender;
    private final Duration wait;
    private final Semaphore turns = new Semaphore(MOST, true);

    public SqlReaders(Lender lender) {
        this(lender, WAIT);
    }

    SqlReaders(Lender lender, Duration wait) {
        this.lender = lender;
        this.wait = wait;
    }

    /** Gives what was read. */
    public <T> T read(Reading<T> reading) throws StoreUnavailableException {
        awaitTurn();
        try {
            return lender.lend(reading);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database cannot be read", e);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() throws StoreUnavailableException {
        try {
            if (!turns.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreUnavailableException("all readers are busy", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("the caller was interrupted while it waited", e);
        }
    }
}
