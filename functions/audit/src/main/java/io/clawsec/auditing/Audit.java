package io.clawsec.auditing;

import static io.clawsec.access.Permission.AUDIT_READ;

import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.InvalidCursorException;
import io.clawsec.auditing.Readers.Reading;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.identity.Principal;
import io.clawsec.json.FieldError;
import io.clawsec.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The function {@code audit}. Safe for use by many threads. */
public final class Audit implements Function<Call, Outcome> {

    private final Envelope envelope;
    private final AuditRepository audit;
    private final Readers readers;
    private final Exports exports;

    Audit(Envelope envelope, AuditRepository audit, Clock clock) {
        this.envelope = envelope;
        this.audit = audit;
        this.readers = new Readers(clock);
        this.exports = new Exports(envelope, audit, clock);
    }

    @Override
    public Outcome apply(Call call) {
        return call.operation() == Operation.EXPORT_AUDIT ? exports.apply(call) : page(call);
    }

    private Outcome page(Call call) {
        Told told = new Told();
        Outcome outcome = envelope.answer(
                call,
                Set.of(AUDIT_READ),
                principal ->
                        AuditParameters.read(call.parameters(), query -> read(query, principal, told), Audit::invalid));
        if (told.reading != null && outcome instanceof Answer) {
            readers.told(told.reading); // it would not have left before its event was durable
        }
        return outcome;
    }

    /** The reading that a call's event tells of; confined to the call's thread. */
    private static final class Told {
        private @Nullable Reading reading;
    }

    private Conclusion read(AuditQuery query, Principal principal, Told told) {
        AuditPage page;
        try {
            page = audit.find(query);
        } catch (InvalidCursorException e) {
            return invalidCursor();
        }
        JsonObject body = new JsonObject()
                .with("events", page.events().stream().map(EventJson::of).toList())
                .with("count", page.events().size())
                .with("next_cursor", page.nextCursor());
        told.reading = readers.untold(principal.key()).orElse(null);
        return told.reading == null
                ? new Conclusion(Answer.json(body), List.of())
                : new Conclusion(
                        Answer.json(body),
                        new EventDraft(EventType.AUDIT_READ, EventOutcome.ALLOWED)
                                .with("events", page.events().size())
                                .once(told.reading.occasion()));
    }

    static Conclusion invalidCursor() {
        return invalid(List.of(new FieldError("cursor", "is not one that an earlier page gave")));
    }

    static Conclusion invalid(List<FieldError> errors) {
        return Envelope.refused(Refusal.invalid(errors));
    }
}
