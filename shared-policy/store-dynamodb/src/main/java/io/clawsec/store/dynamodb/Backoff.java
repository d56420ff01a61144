package io.clawsec.store.dynamodb;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;

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

    /** How long calls are tried: within what a caller of the writer waits, so that it learns what its batch came to. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** By the machine's clock, and not of one seed: processes restored from one snapshot must not all wait equally long. */
    static Backoff usual() {
        return new Backoff(System::nanoTime, new SecureRandom(), TimeUnit.NANOSECONDS::sleep, PATIENCE);
    }

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

    /** Makes a call that does the same however often it is made, until it is answered, refused, or patience ends. */
    <T> T call(Supplier<T> call) {
        Tries tries = tries();
        while (true) {
            try {
                return call.get();
            } catch (SdkException e) {
                if (!CallFailure.of(e).isWorthRetrying() || !tries.again()) {
                    throw e;
                }
            }
        }
    }
}
