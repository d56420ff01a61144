package io.clawsec.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this process that writes to a store: takes what callers wait for, as much as there is, into one
 * commit.
 *
 * <p>One flush of the disk then serves them all, which is where the throughput comes from; and a batch fails or lasts as
 * one, while each task in it stands or falls alone. The queue is bounded and so is every wait; who does not fit is
 * refused at once. Safe for use by many threads.
 *
 * @param <S> what tasks write with
 */
public final class GroupCommit<S> implements AutoCloseable {

    /**
     * How much is taken on.
     *
     * @param waiting tasks that may wait; one more is refused at once
     * @param batch tasks in one commit
     * @param callerWait how long a caller waits for its commit
     */
    public record Bounds(int waiting, int batch, Duration callerWait) {}

    private final BatchCommit<S> store;
    private final Bounds bounds;
    private final String threadName;
    private final BlockingQueue<WriteJob<S, ?>> queue;
    private final WriteJob<S, Boolean> end = new WriteJob<>(session -> Boolean.TRUE);
    private final Object lock = new Object();
    private @Nullable Thread thread;
    private boolean closed;
    private final AtomicLong batches = new AtomicLong();

    /**
     * Takes nothing on yet; the thread is made when the first task comes.
     *
     * @param store closed by the thread, when it ends
     */
    public GroupCommit(BatchCommit<S> store, Bounds bounds, String threadName) {
        this.store = store;
        this.bounds = bounds;
        this.threadName = threadName;
        this.queue = new ArrayBlockingQueue<>(bounds.waiting());
    }

    /**
     * Runs the task in a batch and returns its result once that is durable. What the task threw unchecked comes out as
     * it is.
     *
     * @throws StoreUnavailableException when it was not written, or nobody knows; the message says which
     */
    public <T> T write(WriteTask<S, T> task) throws StoreUnavailableException {
        WriteJob<S, T> job = new WriteJob<>(task);
        synchronized (lock) {
            if (closed) {
                throw new StoreUnavailableException("the store is closed", null);
            }
            if (!queue.offer(job)) {
                throw new StoreUnavailableException(bounds.waiting() + " writes are waiting already", null);
            }
            if (thread == null) {
                thread = new Thread(this::run, threadName);
                thread.setDaemon(true);
                thread.start();
            }
        }
        return job.await(bounds.callerWait());
    }

    /** Commits so far that took something in. */
    public long batches() {
        return batches.get();
    }

    /** Tasks that wait for a batch. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        List<WriteJob<S, ?>> batch = new ArrayList<>(bounds.batch());
        boolean ending = false;
        while (!ending) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                break; // close() gave up on a store that hangs
            }
            queue.drainTo(batch, bounds.batch() - 1);
            ending = batch.remove(end);
            List<WriteJob<S, ?>> claimed = new ArrayList<>(batch);
            claimed.removeIf(job -> !job.claim());
            if (!claimed.isEmpty()) {
                commit(claimed);
            }
            batch.clear();
        }
        store.close();
    }

    private void commit(List<WriteJob<S, ?>> jobs) {
        try {
            store.commit(jobs);
            batches.incrementAndGet();
            jobs.forEach(WriteJob::committed);
        } catch (Exception | Error e) {
            jobs.forEach(job -> job.lost(e));
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
