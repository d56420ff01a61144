package io.clawsec.usage;

import java.time.Duration;

/**
 * How many requests one principal may make in one window of the clock.
 *
 * <p>Windows are aligned to the epoch (a clock hour, a clock minute), so that every process and every store agrees on
 * them without talking.
 *
 * @param requests at least 1
 * @param window at least one second, whole seconds
 */
public record RateLimit(long requests, Duration window) {

    public RateLimit {
        if (requests < 1 || window.toSeconds() < 1) {
            throw new IllegalArgumentException("a rate limit allows at least one request in at least one second");
        }
    }

    /** The window that holds the instant, as its first second since the epoch. */
    public long windowStart(long epochSecond) {
        return Math.floorDiv(epochSecond, window.toSeconds()) * window.toSeconds();
    }
}
