package io.clawsec.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.identity.BearerToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification;
import io.clawsec.json.JsonObject;
import io.clawsec.telemetry.Metrics;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No path leaves without its event: not an answer, not a refusal, not a bug. */
class EnvelopeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID REQUEST = new UUID(0, 7);
    private static final String CANARY = "canary-5f2a";
    private static final Set<Permission> NEEDED = Set.of(Permission.QUERY_SUBMIT);
    private static final AccessPolicy ACCESS = new AccessPolicy(List.of(
            new Role("agent", "Asks.", NEEDED, OptionalInt.empty(), OptionalInt.empty(), false, Optional.empty(), 60)));
    private static final Principal ALICE = new Principal("clawsec", "alice", "agent", Set.of("query:submit"), "t1");
    private static final Principal CLAIMS_NOTHING = new Principal("clawsec", "bob", "agent", Set.of(), "t2");
    private static final Principal OF_NO_ROLE = new Principal("clawsec", "eve", "root", Set.of("query:submit"), "t3");

    private final List<AuditEvent> trail = new ArrayList<>();
    private @Nullable Throwable appendFailure;

    private Envelope envelope(Function<BearerToken, TokenVerification> verifier) {
        return new Envelope(
                verifier::apply,
                ACCESS,
                new Trail(),
                Metrics.none(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> new UUID(1, trail.size()));
    }

    private static Call call(@Nullable String token, Operation operation) {
        return new Call(
                REQUEST,
                operation,
                token == null ? null : new BearerToken(token),
                Map.of(),
                Body::none,
                new Caller("192.0.2.1", null, null));
    }

    private Outcome answer(Principal principal, Function<Principal, Conclusion> function) {
        return envelope(token -> new TokenVerification.Verified(principal))
                .answer(call("a", Operation.SUBMIT_QUERY), NEEDED, function);
    }

    private static Conclusion answered(Principal principal) {
        return new Conclusion(
                Answer.json(new JsonObject().with("response", CANARY)),
                List.of(
                        new EventDraft(EventType.LLM_QUERY, EventOutcome.ALLOWED).with("prompt_length", 3),
                        new EventDraft(EventType.PII_REDACTED, EventOutcome.ALLOWED)));
    }

    @Test
    void an_answer_leaves_with_its_events_appended_together() {
        assertThat(answer(ALICE, EnvelopeTest::answered)).isInstanceOf(Answer.class);
        assertThat(trail).extracting(AuditEvent::type).containsExactly(EventType.LLM_QUERY, EventType.PII_REDACTED);
        AuditEvent event = trail.get(0);
        assertThat(event.timestamp()).isEqualTo(NOW);
        assertThat(event.userId()).isEqualTo("alice");
        assertThat(event.role()).isEqualTo("agent");
        assertThat(event.action()).isEqualTo("query:submit");
        assertThat(event.resource()).isEqualTo("/query");
        assertThat(event.ipAddress()).isEqualTo("192.0.2.1");
        assertThat(event.requestId()).isEqualTo(REQUEST);
        assertThat(event.metadata()).isEqualTo(Map.of("prompt_length", 3));
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("no token", null, ALICE, Refusal.Code.MISSING_TOKEN, EventType.RBAC_DENIAL, null),
                Arguments.of("not believed", "forged", ALICE, Refusal.Code.INVALID_TOKEN, EventType.AUTH_FAILURE, null),
                Arguments.of(
                        "claims no permission",
                        "b",
                        CLAIMS_NOTHING,
                        Refusal.Code.RBAC_DENIAL,
                        EventType.RBAC_DENIAL,
                        "bob"),
                Arguments.of(
                        "of no known role", "e", OF_NO_ROLE, Refusal.Code.RBAC_DENIAL, EventType.RBAC_DENIAL, "eve"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void who_is_not_admitted_never_reaches_the_function(
            String what,
            @Nullable String token,
            Principal principal,
            Refusal.Code code,
            EventType type,
            @Nullable String user) {
        Envelope envelope = envelope(sent -> sent.value().equals("forged")
                ? new TokenVerification.Rejected("The token's signature is wrong.")
                : new TokenVerification.Verified(principal));
        Outcome outcome = envelope.answer(call(token, Operation.SUBMIT_QUERY), NEEDED, nobody -> {
            throw new AssertionError("the function was called");
        });
        assertThat(((Refusal) outcome).code()).as(what).isEqualTo(code);
        assertThat(trail).hasSize(1);
        assertThat(trail.get(0).type()).isEqualTo(type);
        assertThat(trail.get(0).outcome()).isEqualTo(EventOutcome.DENIED);
        assertThat(trail.get(0).userId()).isEqualTo(user);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new GuardUnavailableException(CANARY, null), Refusal.Code.GUARD_UNAVAILABLE),
                Arguments.of(
                        new UsageUnavailableException(CANARY, new IllegalStateException(CANARY)),
                        Refusal.Code.LIMITS_UNAVAILABLE),
                Arguments.of(new AuditUnavailableException(CANARY, null), Refusal.Code.AUDIT_UNAVAILABLE),
                Arguments.of(new IllegalStateException(CANARY), Refusal.Code.INTERNAL_ERROR),
                Arguments.of(new StackOverflowError(CANARY), Refusal.Code.INTERNAL_ERROR),
                Arguments.of(new NoClassDefFoundError(CANARY), Refusal.Code.INTERNAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void what_breaks_in_a_function_becomes_a_refusal_without_its_message(Throwable failure, Refusal.Code code) {
        Outcome outcome = answer(ALICE, principal -> sneaky(failure));
        assertThat(((Refusal) outcome).code()).isEqualTo(code);
        assertThat(outcome.toString()).doesNotContain(CANARY);
        assertThat(trail).hasSize(1);
        assertThat(trail.get(0).type()).isEqualTo(EventType.LLM_ERROR);
        assertThat(trail.get(0).outcome()).isEqualTo(EventOutcome.ERROR);
        assertThat(trail.get(0).userId()).isEqualTo("alice");
        assertThat(trail.get(0).metadata()).isEqualTo(Map.of("code", code.wireName()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void an_answer_whose_events_cannot_be_written_is_withheld(Throwable failure, Refusal.Code ofAFunction) {
        appendFailure = failure;
        Outcome outcome = answer(ALICE, EnvelopeTest::answered);
        assertThat(((Refusal) outcome).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
        assertThat(outcome.toString()).doesNotContain(CANARY);
        assertThat(trail).isEmpty();
    }

    @Test
    void a_refusal_whose_event_cannot_be_written_gives_way_too() {
        appendFailure = new AuditUnavailableException(CANARY, null);
        Outcome outcome = envelope(token -> new TokenVerification.Verified(ALICE))
                .answer(call(null, Operation.SUBMIT_QUERY), NEEDED, EnvelopeTest::answered);
        assertThat(((Refusal) outcome).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
    }

    @Test
    void a_verifier_that_breaks_lets_nobody_in_and_leaves_an_event() {
        Outcome outcome = envelope(token -> {
                    throw new IllegalStateException(CANARY);
                })
                .answer(call("a", Operation.SUBMIT_QUERY), NEEDED, EnvelopeTest::answered);
        assertThat(((Refusal) outcome).code()).isEqualTo(Refusal.Code.INTERNAL_ERROR);
        assertThat(outcome.toString()).doesNotContain(CANARY);
        assertThat(trail).extracting(AuditEvent::type).containsExactly(EventType.LLM_ERROR);
    }

    @Test
    void a_call_that_anybody_may_make_leaves_its_event_and_names_whom_the_draft_names() {
        Outcome outcome = envelope(token -> new TokenVerification.Rejected("no"))
                .answerAnyone(
                        call(null, Operation.ISSUE_TOKEN),
                        () -> new Conclusion(
                                Answer.json(new JsonObject()),
                                new EventDraft(EventType.TOKEN_ISSUED, EventOutcome.ALLOWED).about("carol", "agent")));
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(trail.get(0).userId()).isEqualTo("carol");
        assertThat(trail.get(0).role()).isEqualTo("agent");
    }

    @Test
    void each_operation_has_its_own_event_for_what_breaks() {
        for (Operation operation : Operation.values()) {
            envelope(token -> new TokenVerification.Verified(ALICE))
                    .answer(call("a", operation), Set.of(), principal -> sneaky(new IllegalStateException()));
            assertThat(trail.get(trail.size() - 1).type()).isEqualTo(operation.failureEvent());
            assertThat(trail.get(trail.size() - 1).outcome()).isEqualTo(EventOutcome.ERROR);
        }
    }

    @Test
    void an_answer_without_events_asks_nothing_of_the_audit() {
        appendFailure = new AuditUnavailableException(CANARY, null);
        assertThat(answer(ALICE, principal -> new Conclusion(Answer.json(new JsonObject()), List.of())))
                .isInstanceOf(Answer.class);
    }

    private static Conclusion sneaky(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private final class Trail implements AuditRepository {
        @Override
        public void append(List<AuditEvent> events) {
            if (appendFailure != null) {
                sneaky(appendFailure);
            }
            trail.addAll(events);
        }

        @Override
        public AuditPage find(AuditQuery query) {
            return new AuditPage(List.of(), null);
        }

        @Override
        public void forEachRecord(Consumer<StoredRecord> consumer) {}

        @Override
        public void probe() {}
    }
}
