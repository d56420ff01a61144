package io.clawsec.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a {@link FaultyLink} is told to do to bytes; the monitor on which they are held. */
final class LinkState {

    /** Which way bytes go. */
    enum Direction {
        TO_STORE,
        TO_SERVICE
    }

    /** What happens once in place of an answer, and who waits for it. */
    record Act(Runnable work, CountDownLatch done) {}

    private long toStoreNanos;
    private long toServiceNanos;
    private boolean stopped;
    private boolean swallowing;
    private @Nullable Act atCommit;
    private byte @Nullable [] answer;
    private int answers;
    private int readsUntilReset;
    private @Nullable Act atReads;

    synchronized void delay(Duration toStore, Duration toService) {
        toStoreNanos = toStore.toNanos();
        toServiceNanos = toService.toNanos();
        notifyAll();
    }

    synchronized void stop(boolean stop) {
        stopped = stop;
        notifyAll();
    }

    synchronized void swallow(boolean swallow) {
        swallowing = swallow;
    }

    synchronized boolean swallows() {
        return swallowing;
    }

    synchronized void answer(byte @Nullable [] instead) {
        answer = instead;
    }

    /** What requests that begin now are answered with; null when the store answers them. */
    synchronized byte @Nullable [] answer() {
        return answer;
    }

    synchronized void countAnswer() {
        answers++;
    }

    synchronized int answers() {
        return answers;
    }

    synchronized void atCommit(Act act) {
        atCommit = act;
    }

    /** What was asked for the next commit; null when nothing was, or somebody else's commit has it. */
    synchronized @Nullable Act takeCommit() {
        Act taken = atCommit;
        atCommit = null;
        return taken;
    }

    synchronized void afterReads(int reads, Act act) {
        readsUntilReset = reads;
        atReads = act;
    }

    /** Counts what was read; the act, when this was the last before it. */
    synchronized @Nullable Act countRead() {
        Act act = atReads;
        if (act == null || --readsUntilReset > 0) {
            return null;
        }
        atReads = null;
        return act;
    }

    /** Holds bytes that have just come, until they may go on or their connection is over. */
    synchronized void hold(Direction direction, BooleanSupplier over) throws InterruptedException {
        long came = System.nanoTime();
        while (!over.getAsBoolean()) {
            long delay = direction == Direction.TO_STORE ? toStoreNanos : toServiceNanos;
            long left = delay - (System.nanoTime() - came);
            if (stopped) {
                wait();
            } else if (left > 0) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } else {
                return;
            }
        }
    }

    /** Lets who holds bytes look again whether their connection is over. */
    synchronized void wake() {
        notifyAll();
    }
}
