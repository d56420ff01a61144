package io.clawsec.edge.servlet;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When challenges may leave: answers to callers whose token is missing or not believed, one after the other in the whole
 * process. Whoever floods waits for his answers, and so asks no faster than they come; a machine that had to refuse as fast
 * as it can would have no processor left for anybody else. One challenge now and then does not wait.
 *
 * <p>Safe for use by many threads.
 */
final class ChallengePace {

    /** From one challenge to the next: a thousand a second take a tenth of a processor at most. */
    static final Duration APART = Duration.ofMillis(1);

    /** The longest wait, within the patience of clients: past so many at once, challenges leave faster. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final LongSupplier nanoClock;
    private long next;

    /**
     * Makes a pace.
     *
     * @param nanoClock monotonic nanoseconds
     */
    ChallengePace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.next = nanoClock.getAsLong();
    }

    /** How long the next challenge has to wait, in nanoseconds; it has then had its turn. */
    synchronized long nextWaitNanos() {
        long now = nanoClock.getAsLong();
        long wait = Math.min(Math.max(0, next - now), LONGEST_WAIT.toNanos());
        next = now + wait + APART.toNanos();
        return wait;
    }
}
