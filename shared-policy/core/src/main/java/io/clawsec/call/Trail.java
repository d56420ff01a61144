package io.clawsec.call;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.telemetry.FailureTrace;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.SpanName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit as the envelope writes it: measured, and a failure is a refusal. Safe for use by many threads. */
final class Trail {

    private static final System.Logger LOG = System.getLogger(Trail.class.getName());

    private final AuditRepository audit;
    private final Metrics metrics;

    private enum Appended {
        NOW,
        /** An event with one of the ids was there before. */
        BEFORE,
        NOT
    }

    Trail(AuditRepository audit, Metrics metrics) {
        this.audit = audit;
        this.metrics = metrics;
    }

    /** Appends what must be durable before an outcome leaves; gives the refusal that leaves instead where that fails. */
    @Nullable
    Refusal append(Span request, List<AuditEvent> events) {
        return append(request, events, false);
    }

    /** Appends an event that may be durable already, from another thread or process: then that one stands. */
    @Nullable
    Refusal appendOnce(Span request, AuditEvent event) {
        return append(request, List.of(event), true);
    }

    private @Nullable Refusal append(Span request, List<AuditEvent> events, boolean mayBeThere) {
        if (events.isEmpty()) {
            return null;
        }
        Appended appended = tryTo(request, events);
        if (appended == Appended.NOW) {
            count(events);
            return null;
        }
        if (appended == Appended.BEFORE && mayBeThere) {
            return null;
        }
        metrics.count(Metric.FAIL_CLOSED, Refusal.Code.AUDIT_UNAVAILABLE.wireName());
        return new Refusal(
                Refusal.Code.AUDIT_UNAVAILABLE, "The audit cannot be written right now; the answer is withheld.");
    }

    /**
     * Appends counts, for which no outcome waits: those of an append that failed come again, and may have been durable.
     *
     * @return whether they are durable
     */
    boolean appendCounts(List<AuditEvent> counts) {
        if (tryTo(Span.NONE, counts) == Appended.NOT) {
            return false;
        }
        counts.forEach(count -> metrics.count(
                Metric.AUDIT_EVENTS,
                (double) StrangerLane.countOf(count),
                count.type().wireName()));
        return true;
    }

    /** Measures events that are durable by somebody else's doing. */
    void count(List<AuditEvent> events) {
        events.forEach(event -> metrics.count(Metric.AUDIT_EVENTS, event.type().wireName()));
    }

    private Appended tryTo(Span request, List<AuditEvent> events) {
        long start = System.nanoTime();
        Span span = request.child(SpanName.AUDIT_APPEND);
        try {
            span.set(SpanAttribute.DB_SYSTEM, audit.system());
            audit.append(events);
            return Appended.NOW;
        } catch (DuplicateEventException e) {
            return Appended.BEFORE;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, () -> "audit append failed: " + FailureTrace.of(e));
            span.fail(Refusal.Code.AUDIT_UNAVAILABLE.wireName());
            return Appended.NOT;
        } finally {
            span.end();
            metrics.time(Metric.AUDIT_APPEND_DURATION, Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
