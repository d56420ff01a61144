package io.clawsec.store.embedded;

import io.clawsec.store.BatchCommit;
import io.clawsec.store.GroupCommit;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.WriteJob;
import io.clawsec.store.WriteQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The one thread of this process that writes: a batch is a transaction, and each task in it a savepoint. */
final class SqliteWriter implements AutoCloseable {

    /**
     * How much a writer takes on.
     *
     * @param waiting tasks that may wait; one more is refused at once
     * @param batch tasks in one commit
     * @param callerWait how long a caller waits for its commit
     * @param lockWait how long a batch waits for other processes
     */
    record Bounds(int waiting, int batch, Duration callerWait, Duration lockWait) {

        /** The lock's bound is within the caller's, so that a caller learns what its batch came to. */
        static final Bounds USUAL = new Bounds(1024, 256, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    private final GroupCommit<WriteSession> commits;

    SqliteWriter(SqliteDatabase database, Bounds bounds) {
        commits = new GroupCommit<>(
                new Transactions(database, bounds.lockWait()),
                new GroupCommit.Bounds(bounds.waiting(), bounds.batch(), bounds.callerWait()),
                "clawsec-sqlite-writer");
    }

    /**
     * Runs the task in a transaction and returns its result once that is durable. What the task threw unchecked comes
     * out as it is.
     */
    <T> T write(SqliteTask<T> task) throws StoreUnavailableException {
        return commits.write(task);
    }

    /** Runs a task that is there to learn whether it can be done, and does not wait for it as long as others do. */
    <T> T probe(SqliteTask<T> task) throws StoreUnavailableException {
        return commits.probe(task);
    }

    /** Commits so far that took something in. */
    long batches() {
        return commits.batches();
    }

    /** Where tasks wait for a batch. */
    WriteQueue queue() {
        return commits;
    }

    /** Refuses new tasks, writes those that wait, and ends the thread. */
    @Override
    public void close() {
        commits.close();
    }

    /** Batches as transactions of one connection. */
    private static final class Transactions implements BatchCommit<WriteSession> {

        /**
         * How long SQLite itself waits for the lock before it is asked again. Its own wait grows to 100 ms between looks,
         * and a process that looks so rarely finds a busy neighbour's lock taken nearly every time.
         */
        private static final int LOCK_LOOK_MILLIS = 20;

        private final SqliteDatabase database;
        private final Duration lockWait;
        private @Nullable WriteSession session;

        Transactions(SqliteDatabase database, Duration lockWait) {
            this.database = database;
            this.lockWait = lockWait;
        }

        @Override
        public void commit(List<WriteJob<WriteSession, ?>> batch) throws SQLException, StoreUnavailableException {
            boolean committed = false;
            try {
                database.file().requireInPlace();
                WriteSession open = session();
                begin(open);
                for (WriteJob<WriteSession, ?> job : batch) {
                    run(job, open);
                }
                open.execute("COMMIT");
                committed = true;
            } finally {
                if (!committed) {
                    // With the connection goes whatever is left of the transaction; the next batch opens another.
                    close();
                }
            }
        }

        private static void run(WriteJob<WriteSession, ?> job, WriteSession open) throws SQLException {
            open.execute("SAVEPOINT task");
            if (!job.run(open)) {
                open.execute("ROLLBACK TO task"); // throws where SQLite has rolled back everything by itself
            }
            open.execute("RELEASE task");
        }

        @SuppressWarnings("resource") // kept for the next batch
        private WriteSession session() throws SQLException {
            WriteSession open = session;
            if (open == null) {
                open = new WriteSession(database.connectWriter());
                session = open;
                open.execute("PRAGMA busy_timeout = " + LOCK_LOOK_MILLIS);
            }
            return open;
        }

        private void begin(WriteSession open) throws SQLException {
            long deadline = System.nanoTime() + lockWait.toNanos();
            while (true) {
                try {
                    open.execute("BEGIN IMMEDIATE");
                    return;
                } catch (SQLException e) {
                    if (!SqliteDatabase.isOf(e, SQLiteErrorCode.SQLITE_BUSY) || System.nanoTime() - deadline >= 0) {
                        throw e;
                    }
                }
            }
        }

        @Override
        public void close() {
            WriteSession open = session;
            session = null;
            if (open != null) {
                try {
                    open.close();
                } catch (SQLException e) {
                    // Nothing is lost: what was acknowledged is durable, and the next batch opens a new connection.
                }
            }
        }
    }
}
