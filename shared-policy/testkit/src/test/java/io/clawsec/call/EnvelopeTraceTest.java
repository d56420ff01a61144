package io.clawsec.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.json.JsonObject;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RecordedSpan;
import io.clawsec.testkit.RoleTokens;
import io.clawsec.testkit.TraceRecorder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the envelope says of a request in its span: who by role, whether it was allowed, and that it was kept. */
class EnvelopeTraceTest {

    private static final UUID REQUEST = new UUID(0, 7);
    private static final Set<Permission> NEEDED = Set.of(Permission.QUERY_SUBMIT);
    private static final AccessPolicy ACCESS = new AccessPolicy(List.of(
            new Role("agent", "Asks.", NEEDED, OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty(), 60)));

    private final TraceRecorder trace = new TraceRecorder();
    private final InMemoryAudit audit = new InMemoryAudit();
    private final Envelope envelope = new Envelope(
            new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), new FixedClock(Instant.EPOCH), UUID::randomUUID);

    private Map<SpanAttribute, Object> told(@Nullable String role, Outcome outcome) {
        Call call = new Call(
                REQUEST,
                Operation.SUBMIT_QUERY,
                role == null ? null : RoleTokens.of(role),
                Map.of(),
                Body::none,
                new Caller("192.0.2.1", null, null),
                trace.request(REQUEST, "POST", "/query", null));
        envelope.answer(
                call,
                NEEDED,
                principal -> new Conclusion(outcome, new EventDraft(EventType.LLM_QUERY, EventOutcome.ALLOWED)));
        RecordedSpan request = trace.only("POST /query");
        assertThat(request.ends()).as("its end is the door's").isZero();
        return request.attributes();
    }

    private static final Outcome ANSWER = Answer.json(new JsonObject().with("response", "canary"));

    @Test
    void an_answer_was_allowed_and_appending_its_event_is_a_part_of_the_request() {
        assertThat(told("agent", ANSWER))
                .isEqualTo(Map.of(SpanAttribute.USER_ROLE, "agent", SpanAttribute.POLICY_ALLOWED, true));
        RecordedSpan append = trace.only("audit.append");
        assertThat(append.parent()).isSameAs(trace.only("POST /query"));
        assertThat(append.ends()).isEqualTo(1);
        assertThat(append.failure()).isNull();
        assertThat(append.attributes()).isEqualTo(Map.of(SpanAttribute.DB_SYSTEM, "other_sql"));
    }

    @Test
    void a_stranger_has_no_role_and_was_not_allowed() {
        assertThat(told(null, ANSWER))
                .isEqualTo(Map.of(SpanAttribute.USER_ROLE, "none", SpanAttribute.POLICY_ALLOWED, false));
    }

    @ParameterizedTest
    @EnumSource(Refusal.Code.class)
    void a_refusal_was_not_allowed_unless_the_backend_is_to_blame(Refusal.Code code) {
        boolean backend = code == Refusal.Code.UPSTREAM_FAILED || code == Refusal.Code.UPSTREAM_TIMEOUT;
        assertThat(told("agent", new Refusal(code, "Whatever."))).containsEntry(SpanAttribute.POLICY_ALLOWED, backend);
    }

    @Test
    void an_answer_that_is_withheld_was_not_allowed_and_its_append_failed() {
        audit.failWith(new AuditUnavailableException("the disk is full", null));
        assertThat(told("agent", ANSWER)).containsEntry(SpanAttribute.POLICY_ALLOWED, false);
        RecordedSpan append = trace.only("audit.append");
        assertThat(append.failure()).isEqualTo("audit_unavailable");
        assertThat(append.ends()).isEqualTo(1);
    }
}
