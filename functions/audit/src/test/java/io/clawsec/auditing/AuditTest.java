package io.clawsec.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.access.AccessPolicy;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.json.FieldError;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.ManyCallers;
import io.clawsec.testkit.RoleTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();

    private final FixedClock clock = new FixedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryAudit audit = new InMemoryAudit();
    private final Audit function = new Audit(
            new Envelope(new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), clock, UUID::randomUUID), audit, clock);

    private Outcome read(String role, Map<String, List<String>> parameters) {
        return read(function, role, parameters);
    }

    private static Outcome read(Audit asked, String role, Map<String, List<String>> parameters) {
        return asked.apply(new Call(
                UUID.randomUUID(),
                Operation.READ_AUDIT,
                RoleTokens.of(role),
                parameters,
                Body::none,
                new Caller("192.0.2.1", null, null)));
    }

    private static Map<String, @Nullable Object> body(Outcome outcome) {
        try {
            return Json.parseObject(((Answer) outcome).content());
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reading_is_itself_read_once_a_minute_and_told_in_every_field() throws Exception {
        assertThat(body(read("auditor", Map.of()))).containsEntry("count", 0L);
        Map<String, @Nullable Object> second = body(read("auditor", Map.of()));
        assertThat(second).containsEntry("count", 1L).containsKey("next_cursor");
        assertThat(audit.types()).containsExactly(EventType.AUDIT_READ);
        Object event = ((List<?>) java.util.Objects.requireNonNull(second.get("events"))).get(0);
        assertThat(((Map<?, ?>) event).keySet())
                .map(String::valueOf)
                .containsExactlyInAnyOrder(
                        "id",
                        "timestamp",
                        "event_type",
                        "user_id",
                        "role",
                        "action",
                        "resource",
                        "outcome",
                        "policy_violations",
                        "metadata",
                        "ip_address",
                        "request_id",
                        "format_version",
                        "writer_id",
                        "sequence",
                        "previous_hash",
                        "hash");
        clock.advance(Duration.ofMinutes(1));
        read("auditor", Map.of());
        assertThat(audit.types()).containsExactly(EventType.AUDIT_READ, EventType.AUDIT_READ);
    }

    @Test
    void many_who_read_at_once_and_in_several_processes_leave_one_event_a_minute() {
        Audit otherProcess = new Audit(
                new Envelope(new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), clock, UUID::randomUUID),
                audit,
                clock);
        List<Outcome> outcomes =
                ManyCallers.run(16, caller -> read(caller % 2 == 0 ? function : otherProcess, "auditor", Map.of()));
        assertThat(outcomes).hasOnlyElementsOfType(Answer.class);
        assertThat(audit.types()).containsExactly(EventType.AUDIT_READ);
    }

    @Test
    void a_read_that_was_withheld_for_its_event_leaves_the_event_to_the_next() {
        AtomicBoolean failing = new AtomicBoolean(true);
        InMemoryAudit readable = new InMemoryAudit(events -> {
            if (failing.get()) {
                throw new AuditUnavailableException("the disk is full", null);
            }
        });
        Audit reading = new Audit(
                new Envelope(new RoleTokens(ACCESS), ACCESS, readable, Metrics.none(), clock, UUID::randomUUID),
                readable,
                clock);
        assertThat(((Refusal) read(reading, "auditor", Map.of())).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
        failing.set(false);
        assertThat(read(reading, "auditor", Map.of())).isInstanceOf(Answer.class);
        assertThat(readable.types()).containsExactly(EventType.AUDIT_READ);
    }

    @Test
    void a_filter_and_a_cursor_lead_through_the_pages() {
        for (int i = 0; i < 5; i++) {
            read("agent", Map.of()); // five denials
        }
        Map<String, List<String>> page = Map.of("limit", List.of("3"), "event_type", List.of("rbac_denial"));
        Map<String, @Nullable Object> first = body(read("auditor", page));
        assertThat(first).containsEntry("count", 3L);
        String cursor = String.valueOf(first.get("next_cursor"));
        Map<String, @Nullable Object> second = body(read(
                "auditor",
                Map.of("limit", List.of("3"), "event_type", List.of("rbac_denial"), "cursor", List.of(cursor))));
        assertThat(second).containsEntry("count", 2L).containsEntry("next_cursor", null);
    }

    @Test
    void a_cursor_that_no_page_gave_is_a_wrong_field() {
        Refusal refusal = (Refusal) read("auditor", Map.of("cursor", List.of("made-up")));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("cursor");
        assertThat(refusal.toString()).doesNotContain("made-up");
        assertThat(audit.types()).containsExactly(EventType.REQUEST_REFUSED);
    }

    @Test
    void who_may_not_read_learns_nothing_of_its_parameters() {
        Refusal refusal = (Refusal) read("agent", Map.of("nonsense", List.of("x")));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.RBAC_DENIAL);
        assertThat(audit.types()).containsExactly(EventType.RBAC_DENIAL);
    }

    @Test
    void a_store_that_cannot_be_read_is_503() {
        audit.failWith(new AuditUnavailableException("the disk is gone", null));
        assertThat(((Refusal) read("auditor", Map.of())).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
    }
}
