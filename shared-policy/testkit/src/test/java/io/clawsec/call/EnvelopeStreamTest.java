package io.clawsec.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.access.AccessPolicy;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RoleTokens;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the audit holds of a stream, and when. */
class EnvelopeStreamTest {

    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();
    private static final UUID REQUEST = new UUID(0, 7);

    private final InMemoryAudit audit = new InMemoryAudit();
    private final Envelope envelope = new Envelope(
            new RoleTokens(ACCESS),
            ACCESS,
            audit,
            Metrics.none(),
            new FixedClock(Instant.parse("2026-03-01T12:00:00Z")),
            UUID::randomUUID);
    private final List<byte[]> pieces = new ArrayList<>();

    private Outcome ask(AnswerStream.Source source) {
        Call call = new Call(
                REQUEST,
                Operation.EXPORT_AUDIT,
                RoleTokens.of("auditor"),
                Map.of(),
                Body::none,
                new Caller("192.0.2.1", null, null));
        return envelope.answer(
                call,
                Set.of(),
                principal -> Conclusion.stream(
                        new AnswerStream("application/x-ndjson", source, null),
                        phase("started"),
                        broken -> phase(
                                broken == null ? "finished" : broken.getClass().getSimpleName())));
    }

    private static EventDraft phase(String phase) {
        return new EventDraft(EventType.AUDIT_EXPORTED, EventOutcome.ALLOWED).with("phase", phase);
    }

    private List<Object> phases() {
        return audit.events().stream()
                .<Object>map(event -> event.metadata().getOrDefault("phase", ""))
                .toList();
    }

    private static void writeTo(Outcome outcome, AnswerStream.Sink sink) throws IOException {
        ((AnswerStream) outcome).source().writeTo(sink);
    }

    @Test
    void the_beginning_is_durable_before_the_first_piece_and_the_end_before_the_last() throws IOException {
        Outcome outcome = ask(sink -> {
            sink.piece(new byte[1]);
            assertThat(phases()).containsExactly("started");
        });
        assertThat(phases()).containsExactly("started");
        writeTo(outcome, pieces::add);
        assertThat(phases()).containsExactly("started", "finished");
        assertThat(audit.events())
                .allSatisfy(event -> assertThat(event.requestId()).isEqualTo(REQUEST));
        assertThat(audit.events()).extracting(AuditEvent::role).containsOnly("auditor");
    }

    @Test
    void a_beginning_that_cannot_be_kept_withholds_the_stream() {
        audit.failWith(new AuditUnavailableException("the disk is full", null));
        assertThat(((Refusal) ask(sink -> sink.piece(new byte[1]))).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
    }

    @Test
    void an_end_that_cannot_be_kept_breaks_the_stream_off() {
        Outcome outcome = ask(sink -> sink.piece(new byte[1]));
        audit.failWith(new AuditUnavailableException("the disk is full", null));
        assertThatThrownBy(() -> writeTo(outcome, pieces::add)).isInstanceOf(AuditUnavailableException.class);
        assertThat(pieces).hasSize(1);
    }

    @Test
    void whatever_breaks_a_stream_off_is_told_and_thrown_on() {
        Outcome gone = ask(sink -> sink.piece(new byte[1]));
        assertThatThrownBy(() -> writeTo(gone, piece -> {
                    throw new IOException("the client has gone");
                }))
                .hasMessage("the client has gone");
        Outcome bug = ask(sink -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> writeTo(bug, pieces::add)).hasMessage("broken");
        Outcome error = ask(sink -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> writeTo(error, pieces::add)).isInstanceOf(StackOverflowError.class);
        assertThat(phases())
                .containsExactly(
                        "started", "IOException", "started", "IllegalStateException", "started", "StackOverflowError");
    }
}
