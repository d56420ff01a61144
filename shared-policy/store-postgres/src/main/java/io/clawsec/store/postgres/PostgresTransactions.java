package io.clawsec.store.postgres;

import io.clawsec.audit.AuditChain;
import io.clawsec.store.BatchCommit;
import io.clawsec.store.WriteJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches as transactions. A connection that breaks is replaced and the batch tried again; where it broke while the answer
 * to COMMIT was due, the table is asked first.
 *
 * <p>Every transaction of a writer begins with the same lock. Who holds it knows that the writer's transactions before are
 * over, also those on connections that are lost, and so that what the table says of them is the last word.
 */
final class PostgresTransactions implements BatchCommit<WriteBatch> {

    /** How often a batch is tried that was stopped by others or by a broken connection, and is not in doubt. */
    static final int MOST_ATTEMPTS = 4;

    /** Between two attempts to learn what became of a commit. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final String LOCK = "SELECT pg_advisory_xact_lock(?)";

    private final PostgresDatabase database;
    private final AuditChain chain;
    private final Supplier<Long> lockKeys;
    private final Duration doubtWait;
    private @Nullable Long lockKey;

    /** Of the batch at hand: what is there if it was committed after all. */
    private @Nullable CommitEvidence doubt;

    /**
     * Writes through a database.
     *
     * @param lockKeys gives the key of this writer's lock, at the first batch
     * @param doubtWait how long a batch is tried again, and how long it is tried to learn what became of a commit
     */
    PostgresTransactions(PostgresDatabase database, AuditChain chain, Supplier<Long> lockKeys, Duration doubtWait) {
        this.database = database;
        this.chain = chain;
        this.lockKeys = lockKeys;
        this.doubtWait = doubtWait;
    }

    @Override
    public void commit(List<WriteJob<WriteBatch, ?>> batch) throws SQLException, InterruptedException {
        AuditChain.Head acknowledged = chain.head();
        doubt = null;
        boolean known = false;
        boolean placeTaken = false;
        try {
            commit(batch, acknowledged);
            known = true;
        } catch (SQLException e) {
            placeTaken =
                    Failures.isOfUniqueKey(e); // by a copy of this process, which has the same chain and its own end
            throw e;
        } finally {
            if (!known && (doubt != null || placeTaken)) {
                chain.endWriter(acknowledged);
            } else if (!known) {
                chain.moveTo(acknowledged);
            }
        }
    }

    private void commit(List<WriteJob<WriteBatch, ?>> batch, AuditChain.Head acknowledged)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + doubtWait.toNanos();
        boolean over = false;
        for (int attempt = 1; !over; attempt++) {
            try (Connection connection = borrow(deadline)) {
                connection.setAutoCommit(false);
                attempt(connection, batch, acknowledged, attempt > 1);
                over = true;
            } catch (SQLException e) {
                boolean again = System.nanoTime() - deadline < 0 && (doubt != null || mayBeTriedAgain(e, attempt));
                if (!over && !again) { // what goes wrong while a connection is given back changes nothing
                    throw e;
                }
            }
        }
    }

    private static boolean mayBeTriedAgain(SQLException e, int attempt) {
        return attempt < MOST_ATTEMPTS && Failures.mayPass(e) && !(e instanceof SQLTransientConnectionException);
    }

    /** A server that cannot be reached is waited for where there is a doubt to settle, and nowhere else. */
    private Connection borrow(long deadline) throws SQLException, InterruptedException {
        while (true) {
            try {
                return database.borrow();
            } catch (SQLException e) {
                if (doubt == null || System.nanoTime() - deadline >= 0) {
                    throw new SQLTransientConnectionException(e.getMessage(), e.getSQLState(), e);
                }
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() gave up; the thread is to see it too
            throw e;
        }
    }

    private void attempt(
            Connection connection, List<WriteJob<WriteBatch, ?>> jobs, AuditChain.Head acknowledged, boolean again)
            throws SQLException {
        lock(connection);
        CommitEvidence inDoubt = doubt;
        if (inDoubt != null && inDoubt.isThere(connection)) {
            connection.rollback(); // nothing was done in this one
            doubt = null;
            return;
        }
        doubt = null;
        chain.moveTo(acknowledged);
        WriteBatch batch = new WriteBatch(connection, chain);
        jobs.forEach(job -> task(job).announce(batch));
        batch.prepare(again);
        for (WriteJob<WriteBatch, ?> job : jobs) {
            run(job, batch);
        }
        batch.flush();
        commit(connection, batch.evidence());
    }

    private void lock(Connection connection) throws SQLException {
        Long key = lockKey;
        if (key == null) {
            key = lockKeys.get();
            lockKey = key;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setLong(1, key);
            statement.execute();
        }
    }

    /** Only tasks of this package come here, by the types of the methods that take them. */
    private static PostgresTask<?> task(WriteJob<WriteBatch, ?> job) {
        return (PostgresTask<?>) job.task();
    }

    private static void run(WriteJob<WriteBatch, ?> job, WriteBatch batch) throws SQLException {
        if (!task(job).speaksSql()) {
            job.run(batch);
        } else {
            Savepoint savepoint = batch.connection().setSavepoint();
            if (!job.run(batch)) {
                rollBack(batch.connection(), savepoint);
            }
            batch.connection().releaseSavepoint(savepoint);
        }
        if (batch.records().areMany()) {
            batch.records().insert(batch.connection());
        }
    }

    /** Fails where the connection is gone alone; the pool, which has given it up by then, says no more than "closed". */
    private static void rollBack(Connection connection, Savepoint savepoint) throws SQLException {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            throw Failures.ofConnection(e);
        }
    }

    /** A server that answers an error has not committed; one that is ending, or silent, may have. */
    private void commit(Connection connection, @Nullable CommitEvidence evidence) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (Failures.isOfConnection(e)) {
                doubt = evidence;
            }
            throw e;
        }
    }

    /** The pool closes the connections. */
    @Override
    public void close() {}
}
