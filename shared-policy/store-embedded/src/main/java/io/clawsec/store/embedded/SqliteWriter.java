package io.clawsec.store.embedded;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The one thread of this process that writes: takes what callers wait for, as much as there is, into one commit.
 *
 * <p>One flush of the disk then serves them all, which is where the throughput comes from; and a batch fails or lasts as
 * one, while each task in it stands or falls alone.
 */
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

    /**
     * How long SQLite itself waits for the lock before it is asked again. Its own wait grows to 100 ms between looks, and
     * a process that looks so rarely finds a busy neighbour's lock taken nearly every time.
     */
    private static final int LOCK_LOOK_MILLIS = 20;

    private final SqliteDatabase database;
    private final Bounds bounds;
    private final BlockingQueue<WriteJob<?>> queue;
    private final WriteJob<?> end = new WriteJob<>(session -> Boolean.TRUE);
    private final Object lock = new Object();
    private @Nullable Thread thread;
    private boolean closed;
    private volatile long batches;

    /** Confined to the thread. */
    private @Nullable WriteSession session;

    SqliteWriter(SqliteDatabase database, Bounds bounds) {
        this.database = database;
        this.bounds = bounds;
        this.queue = new ArrayBlockingQueue<>(bounds.waiting());
    }

    /**
     * Runs the task in a transaction and returns its result once that is durable. What the task threw unchecked comes
     * out as it is.
     */
    <T> T write(WriteTask<T> task) throws StoreUnavailableException {
        WriteJob<T> job = new WriteJob<>(task);
        synchronized (lock) {
            if (closed) {
                throw new StoreUnavailableException("the store is closed", null);
            }
            if (!queue.offer(job)) {
                throw new StoreUnavailableException(bounds.waiting() + " writes are waiting already", null);
            }
            if (thread == null) {
                thread = new Thread(this::run, "clawsec-sqlite-writer");
                thread.setDaemon(true);
                thread.start();
            }
        }
        return job.await(bounds.callerWait());
    }

    /** Commits so far that took something in. */
    long batches() {
        return batches;
    }

    /** Tasks that wait for a batch. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        List<WriteJob<?>> batch = new ArrayList<>(bounds.batch());
        boolean ending = false;
        while (!ending) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                break; // close() gave up on a disk that hangs
            }
            queue.drainTo(batch, bounds.batch() - 1);
            ending = batch.remove(end);
            List<WriteJob<?>> claimed = batch.stream().filter(WriteJob::claim).toList();
            if (!claimed.isEmpty()) {
                commit(claimed);
            }
            batch.clear();
        }
        closeSession();
    }

    private void commit(List<WriteJob<?>> jobs) {
        try {
            database.file().requireInPlace();
            WriteSession open = session();
            begin(open);
            for (WriteJob<?> job : jobs) {
                job.run(open);
            }
            open.execute("COMMIT");
            batches++;
            jobs.forEach(WriteJob::committed);
        } catch (StoreUnavailableException | SQLException | RuntimeException | Error e) {
            // With the connection goes whatever is left of the transaction; the next batch opens another.
            closeSession();
            jobs.forEach(job -> job.lost(e));
        }
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
        long deadline = System.nanoTime() + bounds.lockWait().toNanos();
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

    private void closeSession() {
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

    /** Refuses new tasks, writes those that wait, and ends the thread. */
    @Override
    public void close() {
        Thread writer;
        synchronized (lock) {
            closed = true;
            writer = thread;
            thread = null;
        }
        if (writer == null) {
            return;
        }
        try {
            queue.put(end); // behind the tasks that wait; the thread makes room
            writer.join(bounds.callerWait().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            writer.interrupt();
        }
    }
}
