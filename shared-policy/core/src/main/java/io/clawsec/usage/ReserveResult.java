package io.clawsec.usage;

import java.util.Optional;
import java.util.function.Function;

/** What became of a reservation. */
public sealed interface ReserveResult {

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
