package io.clawsec.usage;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What became of a reservation. */
public sealed interface ReserveResult {

    /**
     * What the limits say where so much is used: the decision that every store makes alike, once it knows its counters.
     *
     * @param used requests that a window has counted so far; asked of the window of each limit
     */
    static ReserveResult of(Reservation reservation, List<RateLimit> limits, ToLongFunction<UsageWindow> used) {
        long now = reservation.at().getEpochSecond();
        @Nullable Quota full = null;
        @Nullable Quota first = null;
        for (RateLimit limit : limits) {
            UsageWindow window = UsageWindow.of(reservation, limit);
            long left = limit.requests() - used.applyAsLong(window);
            long seconds = window.end() - now;
            if (left <= 0 && (full == null || seconds > full.resetSeconds())) {
                full = new Quota(limit.requests(), 0, seconds);
            }
            first = first == null ? new Quota(limit.requests(), Math.max(0, left - 1), seconds) : first;
        }
        return full == null ? new Granted(Optional.ofNullable(first)) : new Exhausted(full);
    }

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Granted, T> granted, Function<Exhausted, T> exhausted);

    /**
     * It is durable and counted in every window.
     *
     * @param quota the state of the first limit asked for; empty when none was
     */
    record Granted(Optional<Quota> quota) implements ReserveResult {
        @Override
        public <T> T fold(Function<Granted, T> granted, Function<Exhausted, T> exhausted) {
            return granted.apply(this);
        }
    }

    /**
     * One of the windows is full; nothing was counted or kept.
     *
     * @param quota the full window that stays full longest: {@code remaining} is 0
     */
    record Exhausted(Quota quota) implements ReserveResult {
        @Override
        public <T> T fold(Function<Granted, T> granted, Function<Exhausted, T> exhausted) {
            return exhausted.apply(this);
        }
    }
}
