package io.clawsec.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this process that writes to a store: takes what callers wait for, as much as there is, into one
 * commit.
 *
 * <p>One flush of the disk then serves them all, which is where the throughput comes from; and a batch fails or lasts as
 * one, while each task in it stands or falls alone. The queue is bounded and so is every wait; who does not fit is
 * refused at once. So is whoever comes while the writer has been trying in vain for too long: then one task at a time may
 * try whether the store is back, and nobody else waits for it. Safe for use by many threads.
 *
 * @param <S> what tasks write with
 */
public final class GroupCommit<S> implements WriteQueue, AutoCloseable {

    /**
     * How much is taken on.
     *
     * @param waiting tasks that may wait; one more is refused at once
     * @param batch tasks in one commit
     * @param callerWait how long a caller waits for its commit
     */
    public record Bounds(int waiting, int batch, Duration callerWait) {

        private static final int STANDSTILLS_IN_A_WAIT = 3;

        /** How long the writer may try in vain before who comes is refused at once: a third of what callers wait. */
        public Duration standstill() {
            return callerWait.dividedBy(STANDSTILLS_IN_A_WAIT);
        }
    }

    private final BatchCommit<S> store;
    private final Bounds bounds;
    private final String threadName;
    private final BlockingQueue<WriteJob<S, ?>> queue;
    private final WriteJob<S, Boolean> end = new WriteJob<>(session -> Boolean.TRUE);
    private final Object lock = new Object();
    private @Nullable Thread thread;
    private boolean closed;
    private final AtomicLong batches = new AtomicLong();
    private final ConcurrentMap<Refusal, LongAdder> refused = new ConcurrentHashMap<>();
    private final Standstill standstill;

    /**
     * Takes nothing on yet; the thread is made when the first task comes.
     *
     * @param store closed by the thread, when it ends
     */
    public GroupCommit(BatchCommit<S> store, Bounds bounds, String threadName) {
        this(store, bounds, threadName, System::nanoTime);
    }

    GroupCommit(BatchCommit<S> store, Bounds bounds, String threadName, LongSupplier nanoClock) {
        this.store = store;
        this.bounds = bounds;
        this.threadName = threadName;
        this.queue = new ArrayBlockingQueue<>(bounds.waiting());
        this.standstill = new Standstill(bounds.standstill(), bounds.callerWait(), nanoClock);
    }

    /**
     * Runs the task in a batch and returns its result once that is durable. What the task threw unchecked comes out as
     * it is.
     *
     * @throws StoreUnavailableException when it was not written, or nobody knows; the message says which
     */
    public <T> T write(WriteTask<S, T> task) throws StoreUnavailableException {
        return write(task, bounds.callerWait());
    }

    /**
     * Runs a task that is there to learn whether the store can be written. It waits no longer than may be tried in vain.
     *
     * @throws StoreUnavailableException as {@link #write} does
     */
    public <T> T probe(WriteTask<S, T> task) throws StoreUnavailableException {
        return write(task, bounds.standstill());
    }

    private <T> T write(WriteTask<S, T> task, Duration wait) throws StoreUnavailableException {
        WriteJob<S, T> job = new WriteJob<>(task);
        synchronized (lock) {
            if (closed) {
                throw new StoreUnavailableException("the store is closed", null);
            }
            if (standsStill()) {
                throw refusal(
                        Refusal.STANDSTILL,
                        "nothing could be committed for " + bounds.standstill().toMillis()
                                + " ms; nothing was written");
            }
            if (!queue.offer(job)) {
                throw refusal(Refusal.FULL, bounds.waiting() + " writes are waiting already");
            }
            if (thread == null) {
                Thread writer = new Thread(this::run, threadName);
                writer.setDaemon(true);
                writer.start(); // where the system has no thread left this throws, and the next caller tries again
                thread = writer;
            }
        }
        try {
            return job.await(wait);
        } catch (TimeoutException e) {
            count(Refusal.TIMED_OUT);
            throw job.abandon("the write took longer than " + wait.toMillis() + " ms", e);
        } catch (StoreUnavailableException e) {
            count(Refusal.NOT_DURABLE);
            throw e;
        }
    }

    /** Whether somebody tries, in vain for too long; who finds nobody trying does so himself. */
    private boolean standsStill() {
        return standstill.isTooLong() && (standstill.isTrying() || !queue.isEmpty());
    }

    private StoreUnavailableException refusal(Refusal why, String message) {
        count(why);
        return new StoreUnavailableException(message, null);
    }

    private void count(Refusal why) {
        refusals(why).increment();
    }

    private LongAdder refusals(Refusal why) {
        return refused.computeIfAbsent(why, first -> new LongAdder());
    }

    /** Commits so far that took something in. */
    public long batches() {
        return batches.get();
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public int mostWaiting() {
        return bounds.waiting();
    }

    @Override
    public Duration standstill() {
        return standstill.length();
    }

    @Override
    public boolean refuses() {
        return queue.remainingCapacity() == 0 || standsStill();
    }

    @Override
    public long refused(Refusal why) {
        return refusals(why).sum();
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
        standstill.begin();
        try {
            store.commit(jobs);
            boolean tookSome = !jobs.stream().allMatch(WriteJob::isRefusedByStore);
            standstill.end(tookSome);
            if (tookSome) {
                batches.incrementAndGet();
            }
            jobs.forEach(WriteJob::committed);
        } catch (Exception | Error e) {
            standstill.end(false);
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
            // Behind the tasks that wait; the thread makes room, unless the store hangs.
            if (queue.offer(end, bounds.callerWait().toNanos(), TimeUnit.NANOSECONDS)) {
                writer.join(bounds.callerWait().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            writer.interrupt();
        }
    }
}
