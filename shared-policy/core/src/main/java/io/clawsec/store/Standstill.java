package io.clawsec.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a writer has been trying in vain: from the first batch after which none was committed. Attempts that lie further
 * apart than {@code memory} are not one standstill: nobody knows how the store was meanwhile. Safe for use by many threads.
 */
final class Standstill {

    private final Duration bound;
    private final Duration memory;
    private final LongSupplier nanoClock;
    private boolean trying;
    private boolean inVain;
    private long since;
    private long lastEnd;

    /**
     * Begins with a store that is thought well.
     *
     * @param bound what is longer is told by {@link #isTooLong}
     * @param memory how long a failure is held against the store when nobody tries
     * @param nanoClock monotonic nanoseconds
     */
    Standstill(Duration bound, Duration memory, LongSupplier nanoClock) {
        this.bound = bound;
        this.memory = memory;
        this.nanoClock = nanoClock;
    }

    /** The writer tries to commit a batch. */
    synchronized void begin() {
        long now = nanoClock.getAsLong();
        if (!lasts(now)) {
            since = now;
        }
        inVain = true;
        trying = true;
    }

    /** The batch is committed, or not. */
    synchronized void end(boolean committed) {
        lastEnd = nanoClock.getAsLong();
        inVain = !committed;
        trying = false;
    }

    /** Whether a batch is being tried. */
    synchronized boolean isTrying() {
        return trying;
    }

    /** Zero where the last batch was committed. */
    synchronized Duration length() {
        long now = nanoClock.getAsLong();
        return lasts(now) ? Duration.ofNanos(now - since) : Duration.ZERO;
    }

    boolean isTooLong() {
        return length().compareTo(bound) >= 0;
    }

    private boolean lasts(long now) {
        return inVain && (trying || now - lastEnd < memory.toNanos());
    }
}
