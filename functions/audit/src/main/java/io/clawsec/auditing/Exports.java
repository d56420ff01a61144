package io.clawsec.auditing;

import static io.clawsec.access.Permission.AUDIT_READ;

import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.InvalidCursorException;
import io.clawsec.auditing.ExportPlaces.Place;
import io.clawsec.call.AnswerStream;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.Outcome;
import io.clawsec.usage.Quota;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operation {@code EXPORT_AUDIT}. Safe for use by many threads. */
final class Exports implements Function<Call, Outcome> {

    /** Who found no place may try again in a minute. */
    private static final Quota ALL_TAKEN = new Quota(ExportPlaces.MOST, 0, 60);

    private final Envelope envelope;
    private final AuditRepository audit;
    private final Clock clock;
    private final ExportPlaces places;

    Exports(Envelope envelope, AuditRepository audit, Clock clock) {
        this.envelope = envelope;
        this.audit = audit;
        this.clock = clock;
        this.places = new ExportPlaces(clock);
    }

    @Override
    public Outcome apply(Call call) {
        Held held = new Held();
        Outcome outcome = envelope.answer(
                call,
                Set.of(AUDIT_READ),
                principal -> AuditParameters.readExport(
                        call.parameters(), request -> export(request, held), Audit::invalid));
        if (held.place != null && !(outcome instanceof AnswerStream)) {
            held.place.leave(); // else the end of the stream does
        }
        return outcome;
    }

    /** The place that a call has taken; confined to the call's thread. */
    private static final class Held {
        private @Nullable Place place;
    }

    private Conclusion export(ExportRequest request, Held held) {
        Optional<Place> found = places.take();
        if (found.isEmpty()) {
            return Envelope.rateLimited(
                    "As many exports are running as may run at once; try again when one has ended.", ALL_TAKEN);
        }
        Place place = found.get();
        held.place = place;
        Export export;
        try {
            export = new Export(audit, request, clock);
        } catch (InvalidCursorException e) {
            return Audit.invalidCursor();
        }
        return Conclusion.stream(new AnswerStream(Export.MEDIA_TYPE, export, null), export.started(), broken -> {
            place.leave();
            return export.finished(broken);
        });
    }
}
