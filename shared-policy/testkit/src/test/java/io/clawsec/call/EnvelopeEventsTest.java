package io.clawsec.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.identity.BearerToken;
import io.clawsec.identity.Principal;
import io.clawsec.json.JsonObject;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RoleTokens;
import io.clawsec.usage.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which events the envelope keeps singly, counts, keeps once, or finds kept; and who waits for them. */
class EnvelopeEventsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID REQUEST = new UUID(0, 7);
    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();

    private final FixedClock clock = new FixedClock(NOW);
    private final InMemoryAudit audit = new InMemoryAudit();
    private final Counted counted = new Counted();
    private final Envelope envelope = envelope(audit);

    private Envelope envelope(AuditRepository repository) {
        return new Envelope(new RoleTokens(ACCESS), ACCESS, repository, counted, clock, UUID::randomUUID);
    }

    private static Answer answer() {
        return Answer.json(new JsonObject());
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

    private static Conclusion queried(Principal principal) {
        return new Conclusion(answer(), new EventDraft(EventType.LLM_QUERY, EventOutcome.ALLOWED));
    }

    private static Conclusion shown(Principal principal) {
        return new Conclusion(answer(), List.of());
    }

    private static Conclusion tokenEvent(EventType type, EventOutcome outcome) {
        return new Conclusion(answer(), new EventDraft(type, outcome));
    }

    private void forged(Envelope asked) {
        asked.answer(call("forged", Operation.SUBMIT_QUERY), Set.of(), EnvelopeEventsTest::queried);
    }

    @Test
    void what_anybody_can_cause_without_end_is_counted_after_the_first_and_what_was_allowed_never_is() {
        Call token = call(null, Operation.ISSUE_TOKEN);
        for (int i = 0; i < 3 * StrangerLane.SINGLES; i++) {
            forged(envelope);
            envelope.answer(call(null, Operation.SUBMIT_QUERY), Set.of(), EnvelopeEventsTest::queried);
            envelope.answerAnyone(token, () -> tokenEvent(EventType.TOKEN_REFUSED, EventOutcome.DENIED));
            envelope.answerAnyone(token, () -> {
                throw new IllegalStateException("broken");
            });
            envelope.answerAnyone(token, () -> tokenEvent(EventType.TOKEN_ISSUED, EventOutcome.ALLOWED));
        }
        int singly = (4 + 3) * StrangerLane.SINGLES;
        assertThat(audit.events()).hasSize(singly);
        envelope.close();
        envelope.close();
        assertThat(audit.events().subList(singly, audit.events().size()))
                .hasSize(4)
                .allSatisfy(count -> assertThat(StrangerLane.countOf(count)).isEqualTo(2L * StrangerLane.SINGLES));
        assertThat(counted.of(EventType.AUTH_FAILURE))
                .as("the metric counts as many as there were")
                .isEqualTo(3L * StrangerLane.SINGLES);
    }

    @Test
    void counts_become_durable_when_the_minute_is_over_and_anybody_calls() {
        for (int i = 0; i < 100; i++) {
            forged(envelope);
        }
        Call known = call("auditor", Operation.READ_POLICY);
        clock.advance(Duration.ofSeconds(59));
        envelope.answer(known, Set.of(), EnvelopeEventsTest::shown);
        assertThat(audit.events()).hasSize(StrangerLane.SINGLES);
        clock.advance(Duration.ofSeconds(1));
        audit.failWith(new AuditUnavailableException("told to fail", null));
        assertThat(envelope.answer(known, Set.of(), EnvelopeEventsTest::shown))
                .as("no answer waits for counts")
                .isInstanceOf(Answer.class);
        audit.failWith(null);
        envelope.answer(known, Set.of(), EnvelopeEventsTest::shown);
        envelope.answer(known, Set.of(), EnvelopeEventsTest::shown);
        assertThat(audit.events()).hasSize(StrangerLane.SINGLES + 1);
        assertThat(StrangerLane.countOf(audit.events().get(StrangerLane.SINGLES)))
                .isEqualTo(100L - StrangerLane.SINGLES);
    }

    @Test
    void counts_that_were_durable_though_their_append_failed_are_not_kept_twice() {
        InMemoryAudit slow = new InMemoryAudit();
        Envelope asked = envelope(new Before(slow, events -> {
            if (StrangerLane.countOf(events.get(0)) > 1 && slow.events().size() == StrangerLane.SINGLES) {
                slow.append(events);
                throw new AuditUnavailableException("it took too long; it may have been written", null);
            }
        }));
        for (int i = 0; i < 100; i++) {
            forged(asked);
        }
        clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            asked.answer(call("auditor", Operation.READ_POLICY), Set.of(), EnvelopeEventsTest::shown);
        }
        asked.close();
        assertThat(slow.events().stream().mapToLong(StrangerLane::countOf).sum())
                .isEqualTo(100);
        assertThat(counted.of(EventType.AUTH_FAILURE)).isEqualTo(100);
    }

    @Test
    void nobody_who_is_known_waits_for_a_strangers_append() throws Exception {
        CountDownLatch stuck = new CountDownLatch(StrangerLane.APPENDS_AT_ONCE);
        CountDownLatch go = new CountDownLatch(1);
        Envelope asked = envelope(new Before(audit, events -> {
            if (events.get(0).type() == EventType.AUTH_FAILURE) {
                stuck.countDown();
                await(go);
            }
        }));
        ExecutorService strangers = Executors.newFixedThreadPool(StrangerLane.APPENDS_AT_ONCE);
        for (int i = 0; i < StrangerLane.APPENDS_AT_ONCE; i++) {
            strangers.execute(() -> forged(asked));
        }
        await(stuck);
        assertThat(asked.answer(call("agent", Operation.SUBMIT_QUERY), Set.of(), EnvelopeEventsTest::queried))
                .isInstanceOf(Answer.class);
        assertThat(audit.types()).containsExactly(EventType.LLM_QUERY);
        forged(asked); // and a stranger for whom there is no room does not wait either
        go.countDown();
        strangers.shutdown();
        assertThat(strangers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void of_events_of_one_occasion_the_audit_keeps_the_first_and_every_answer_leaves() {
        for (Envelope process : List.of(envelope, envelope(audit))) {
            for (String occasion : List.of("noon", "noon", "evening")) {
                Outcome outcome = process.answer(
                        call("auditor", Operation.READ_AUDIT),
                        Set.of(),
                        principal -> new Conclusion(
                                answer(), new EventDraft(EventType.AUDIT_READ, EventOutcome.ALLOWED).once(occasion)));
                assertThat(outcome).isInstanceOf(Answer.class);
            }
        }
        assertThat(audit.events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.id().version()).isEqualTo(8))
                .allSatisfy(event -> assertThat(event.id().variant()).isEqualTo(2));
        assertThat(counted.of(EventType.AUDIT_READ)).isEqualTo(2);
    }

    @Test
    void an_id_that_is_there_by_accident_withholds_the_answer() {
        Envelope repeating = new Envelope(new RoleTokens(ACCESS), ACCESS, audit, counted, clock, () -> REQUEST);
        Call call = call("agent", Operation.SUBMIT_QUERY);
        assertThat(repeating.answer(call, Set.of(), EnvelopeEventsTest::queried))
                .isInstanceOf(Answer.class);
        assertThat(((Refusal) repeating.answer(call, Set.of(), EnvelopeEventsTest::queried)).code())
                .isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
    }

    @Test
    void an_event_that_the_function_has_kept_itself_is_measured_and_not_appended_again() {
        List<AuditEvent> kept = new ArrayList<>();
        Outcome outcome = envelope.answer(
                call("administrator", Operation.CHANGE_LLM_CONFIG), principal -> true, (principal, stamp) -> {
                    EventDraft draft = new EventDraft(EventType.CONFIG_UPDATED, EventOutcome.ALLOWED);
                    kept.add(stamp.apply(draft));
                    return Conclusion.kept(answer(), draft);
                });
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(audit.events()).isEmpty();
        assertThat(counted.of(EventType.CONFIG_UPDATED)).isEqualTo(1);
        AuditEvent event = kept.get(0);
        assertThat(event.userId()).isEqualTo(RoleTokens.USER);
        assertThat(event.role()).isEqualTo("administrator");
        assertThat(event.resource()).isEqualTo("/config/llm");
        assertThat(event.requestId()).isEqualTo(REQUEST);
        assertThat(event.timestamp()).isEqualTo(NOW);
    }

    /** An audit in front of which something happens, with no lock held. */
    private record Before(InMemoryAudit audit, Consumer<List<AuditEvent>> appending) implements AuditRepository {
        @Override
        public void append(List<AuditEvent> events) {
            appending.accept(events);
            audit.append(events);
        }

        @Override
        public AuditPage find(AuditQuery query) {
            return audit.find(query);
        }

        @Override
        public void forEachRecord(Consumer<StoredRecord> consumer) {
            audit.forEachRecord(consumer);
        }

        @Override
        public void probe() {}
    }

    @Test
    void every_refusal_for_the_sake_of_a_limit_or_a_right_is_counted_by_role_and_leaves_its_event() {
        Quota quota = new Quota(8, 0, 60);
        Outcome limited = envelope.answer(
                call("auditor", Operation.EXPORT_AUDIT), Set.of(), caller -> Envelope.rateLimited("Later.", quota));
        envelope.answer(
                call("auditor", Operation.SUBMIT_QUERY), Set.of(Permission.QUERY_SUBMIT), EnvelopeEventsTest::queried);
        envelope.answer(call(null, Operation.SUBMIT_QUERY), Set.of(), EnvelopeEventsTest::queried);
        assertThat(((Refusal) limited).quota()).isEqualTo(quota);
        assertThat(counted.refusals)
                .containsExactly("RATE_LIMITED auditor", "RBAC_DENIALS auditor", "RBAC_DENIALS none");
        assertThat(audit.types()).containsExactly(EventType.RATE_LIMITED, EventType.RBAC_DENIAL, EventType.RBAC_DENIAL);
        assertThat(audit.events().get(0).metadata()).isEqualTo(Map.of("limit", 8L, "retry_after_seconds", 60L));
    }

    /** How many durable events of each type the metrics tell of, and which refusals. */
    private static final class Counted implements Metrics {
        private final Map<String, Double> events = new HashMap<>();
        private final List<String> refusals = new ArrayList<>();

        double of(EventType type) {
            return events.getOrDefault(type.wireName(), 0.0);
        }

        @Override
        public synchronized void count(Metric counter, double amount, String... labelValues) {
            if (counter == Metric.AUDIT_EVENTS) {
                events.merge(labelValues[0], amount, Double::sum);
            } else {
                refusals.add(counter + " " + labelValues[0]);
            }
        }

        @Override
        public void time(Metric timer, Duration duration, String... labelValues) {}

        @Override
        public void set(Metric gauge, double value, String... labelValues) {}
    }
}
