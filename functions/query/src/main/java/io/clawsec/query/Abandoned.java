package io.clawsec.query;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Operation;
import io.clawsec.telemetry.FailureTrace;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Requests that were admitted and never concluded, since their process died: each gets its {@code llm_error} event.
 *
 * <p>There is no background thread: a query that ends looks, at most once in {@link #PAUSE}. Several processes may look
 * at once; the event's id is made from the request's, so that only one event is kept. Safe for use by many threads.
 */
final class Abandoned {

    /** How long between two looks of one process. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** What a request may take beside its model call before its process is taken for dead. */
    static final Duration MARGIN = Duration.ofSeconds(60);

    private static final int MOST_AT_ONCE = 100;
    private static final System.Logger LOG = System.getLogger(Abandoned.class.getName());

    private final UsageLedger usage;
    private final AuditRepository audit;
    private final Supplier<Duration> longestCall;
    private final Clock clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

    /**
     * Makes the look-out.
     *
     * @param longestCall the longest total time-out that a running call of the model may have
     */
    Abandoned(UsageLedger usage, AuditRepository audit, Supplier<Duration> longestCall, Clock clock) {
        this.usage = usage;
        this.audit = audit;
        this.longestCall = longestCall;
        this.clock = clock;
    }

    void sweep() {
        Instant now = clock.instant();
        Instant due = next.get();
        if (now.isBefore(due) || !next.compareAndSet(due, now.plus(PAUSE))) {
            return;
        }
        try {
            Duration age = longestCall.get().plus(MARGIN);
            usage.unsettledBefore(now.minus(age), MOST_AT_ONCE).forEach(this::conclude);
        } catch (UsageUnavailableException | AuditUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "abandoned requests could not be concluded; trying again later");
        } catch (RuntimeException | Error e) { // whoever happens to look has an answer of its own to give
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "abandoned requests could not be concluded; trying again later: " + FailureTrace.of(e));
        }
    }

    private void conclude(Reservation reservation) {
        if (!concluded(reservation)) {
            try {
                audit.append(List.of(event(reservation)));
            } catch (DuplicateEventException e) {
                // Another process was first; the event is there.
            }
        }
        usage.settle(reservation.requestId());
    }

    /** Not only queries reserve. */
    private static String action(String resource) {
        return Stream.of(Operation.values())
                .filter(operation -> operation.resource().equals(resource))
                .map(Operation::action)
                .findFirst()
                .orElse(Operation.SUBMIT_QUERY.action());
    }

    private boolean concluded(Reservation reservation) {
        AuditQuery ofRequest = new AuditQuery(1, null, null, null, null, reservation.requestId(), null, null);
        return !audit.find(ofRequest).events().isEmpty();
    }

    private AuditEvent event(Reservation reservation) {
        return new AuditEvent(
                UUID.nameUUIDFromBytes(("abandoned:" + reservation.requestId()).getBytes(StandardCharsets.UTF_8)),
                clock.instant(),
                EventType.LLM_ERROR,
                reservation.userId(),
                reservation.role(),
                action(reservation.resource()),
                reservation.resource(),
                EventOutcome.ERROR,
                List.of(),
                Map.of("kind", "abandoned", "reserved_at", reservation.at().toString()),
                null,
                reservation.requestId());
    }
}
