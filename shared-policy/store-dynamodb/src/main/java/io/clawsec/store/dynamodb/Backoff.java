package io.clawsec.store.dynamodb;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a call is tried again: anything up to a bound that doubles with each try ("full jitter", Marc
 * Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015), until patience ends. Safe for use by many
 * threads if its parts are.
 *
 * @param nanoTime a clock that never goes back
 * @param chance where in the bound
 * @param pause how to wait
 * @param patience from the first try on; none is made later
 */
record Backoff(LongSupplier nanoTime, RandomGenerator chance, Pause pause, Duration patience) {

    static final Duration FIRST_BOUND = Duration.ofMillis(25);
    static final Duration LAST_BOUND = Duration.ofSeconds(1);

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(long nanos) throws InterruptedException;
    }

    /** The tries of one call. Used by one thread. */
    final class Tries {

        private final long began = nanoTime.getAsLong();
        private long boundNanos = FIRST_BOUND.toNanos();

        /** Waits for the next try; false when there is to be none. */
        boolean again() {
            long left = patience.toNanos() - (nanoTime.getAsLong() - began);
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            long nanos = chance.nextLong(Math.min(boundNanos, left) + 1);
            boundNanos = Math.min(2 * boundNanos, LAST_BOUND.toNanos());
            try {
                pause.of(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            return true;
        }
    }

    Tries tries() {
        return new Tries();
    }
}
