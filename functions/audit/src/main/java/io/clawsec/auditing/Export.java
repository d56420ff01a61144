package io.clawsec.auditing;

import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredEvent;
import io.clawsec.call.AnswerStream;
import io.clawsec.call.EventDraft;
import io.clawsec.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One export: the events as lines of JSON, newest first.
 *
 * <p>It reads the next page when the page before has been taken, so that a slow reader costs one page and no connection to
 * the store. Cursors lead back in time: what is appended meanwhile is newer than all that is still to come. Used by one
 * thread, once.
 */
final class Export implements AnswerStream.Source {

    /** Newline-delimited JSON: one object a line. */
    static final String MEDIA_TYPE = "application/x-ndjson";

    /** How long an export may take: a reader that takes a byte now and then must not keep a thread for ever. */
    static final Duration MOST_TIME = Duration.ofHours(1);

    /** Lines leave together once they have this many bytes. */
    private static final int PIECE_BYTES = 1 << 16;

    private static final String PHASE = "phase";

    private final AuditRepository audit;
    private final ExportRequest request;
    private final Clock clock;
    private final Instant deadline;

    private @Nullable AuditPage page;
    private long written;

    /**
     * Begins an export by reading its first page: what is wrong with a cursor or with the store shows before any answer.
     *
     * @throws io.clawsec.audit.InvalidCursorException when the cursor is not one of the store's
     */
    Export(AuditRepository audit, ExportRequest request, Clock clock) {
        this.audit = audit;
        this.request = request;
        this.clock = clock;
        this.deadline = clock.instant().plus(MOST_TIME);
        this.page = read(request.first().cursor(), 0);
    }

    /** A reader was so slow that the export's time was over. */
    private static final class TookTooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TookTooLongException() {
            super("an export took longer than " + MOST_TIME);
        }
    }

    private AuditPage read(@Nullable String cursor, long before) {
        AuditQuery first = request.first();
        return audit.find(new AuditQuery(
                (int) Math.min(first.limit(), request.limit() - before),
                cursor,
                first.type(),
                first.userId(),
                first.outcome(),
                first.requestId(),
                first.from(),
                first.to()));
    }

    @Override
    public void writeTo(AnswerStream.Sink sink) throws IOException {
        Lines lines = new Lines(sink);
        String next = addPage(lines);
        lines.send();
        while (next != null && written < request.limit()) {
            page = read(next, written);
            next = addPage(lines);
            lines.send();
        }
    }

    /** Leaves no page behind, so that the next one is alone. */
    private @Nullable String addPage(Lines lines) throws IOException {
        AuditPage taken = Objects.requireNonNull(page, "a stream is written once");
        page = null;
        for (StoredEvent event : taken.events()) {
            lines.add(event);
        }
        return taken.nextCursor();
    }

    /** The lines that wait for their piece to be full. */
    private final class Lines {

        private final AnswerStream.Sink sink;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int waiting;

        Lines(AnswerStream.Sink sink) {
            this.sink = sink;
        }

        void add(StoredEvent event) throws IOException {
            bytes.writeBytes(Json.write(EventJson.of(event)));
            bytes.write('\n');
            waiting++;
            if (bytes.size() >= PIECE_BYTES) {
                send();
            }
        }

        void send() throws IOException {
            if (waiting > 0) {
                sink.piece(bytes.toByteArray());
                written += waiting;
                waiting = 0;
                bytes.reset();
            }
            if (clock.instant().isAfter(deadline)) {
                throw new TookTooLongException();
            }
        }
    }

    /** What the audit keeps before the first byte leaves. */
    EventDraft started() {
        return new EventDraft(EventType.AUDIT_EXPORTED, EventOutcome.ALLOWED)
                .with(PHASE, "started")
                .with("filters", request.filters());
    }

    /** What it keeps before the last one does; events count once the door has taken them. */
    EventDraft finished(@Nullable Throwable broken) {
        EventDraft draft = new EventDraft(
                        EventType.AUDIT_EXPORTED, broken == null ? EventOutcome.ALLOWED : EventOutcome.ERROR)
                .with(PHASE, "finished")
                .with("events", written)
                .with("complete", broken == null);
        return broken == null ? draft : draft.with("reason", reason(broken));
    }

    private static String reason(Throwable broken) {
        if (broken instanceof TookTooLongException) {
            return "took_too_long";
        }
        if (broken instanceof IOException) {
            return "not_delivered"; // the reader has gone, or the door can carry no more
        }
        return broken instanceof AuditUnavailableException ? "audit_unavailable" : "internal_error";
    }
}
