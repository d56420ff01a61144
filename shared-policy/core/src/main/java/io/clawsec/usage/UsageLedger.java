package io.clawsec.usage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Counts what principals use, durably and for all processes together. A port: each store implements it.
 *
 * <p>Every method throws {@link UsageUnavailableException} when the store cannot say or cannot keep; callers fail closed.
 * Implementations are safe for use by many threads, and two processes on one store never grant more than the limit.
 */
public interface UsageLedger {

    /** Limits that one reservation may have. */
    int MOST_LIMITS = 8;

    /**
     * Counts one request in the window of each limit and keeps the reservation, all or nothing; returns once durable.
     *
     * @param limits at most {@value #MOST_LIMITS}; may be empty: the reservation is then kept without being counted
     */
    ReserveResult reserve(Reservation reservation, List<RateLimit> limits);

    /** Ends a reservation; one that is not known is left alone. Counts stay: a request counts however it ends. */
    void settle(UUID requestId);

    /** Reservations made before the instant and not settled, oldest first. */
    List<Reservation> unsettledBefore(Instant instant, int most);
}
