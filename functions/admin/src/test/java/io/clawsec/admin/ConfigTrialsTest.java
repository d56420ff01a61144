package io.clawsec.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.model.Completion;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator's trial connects outwards: it is told, limited, and leaves a trace even of a process that dies. */
class ConfigTrialsTest {

    private static final ModelReply ANSWER = new ModelReply.Completed(new Completion("backend words"), "m", 1, 1);

    private final ConfigFixture fixture = new ConfigFixture();

    private Outcome tryIt(String role) {
        return fixture.ask(role, Operation.TEST_CONFIG, "");
    }

    private static Map<String, @Nullable Object> body(Outcome outcome) {
        try {
            return Json.parseObject(((Answer) outcome).content());
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_said_of_a_trial_is_from_a_closed_list() {
        Set<Object> messages = new HashSet<>();
        List<ModelReply.Failure> failures = List.of(ModelReply.Failure.values());
        for (ModelReply.Failure failure : failures) {
            fixture.backend = backend(() -> new ModelReply.Failed(failure));
            Map<String, @Nullable Object> result = body(tryIt("administrator"));
            assertThat(result).containsEntry("success", false).containsEntry("mode", "live");
            messages.add(String.valueOf(result.get("message")));
        }
        assertThat(messages).hasSize(failures.size());
        assertThat(fixture.audit.events())
                .extracting(event -> event.metadata().get("kind"))
                .isEqualTo(failures.stream().map(ModelReply.Failure::wireName).toList());
        fixture.backend = backend(() -> ANSWER);
        assertThat(body(tryIt("administrator")).toString())
                .contains("success=true", "mode=live")
                .doesNotContain("backend words");
    }

    @Test
    void a_trial_is_one_event_of_whoever_asked_and_tells_which_settings_were_tried() {
        fixture.ask("administrator", Operation.CHANGE_LLM_CONFIG, "{\"updates\":{\"model\":\"m\"}}");
        tryIt("administrator");
        fixture.backend = backend(() -> new ModelReply.Failed(ModelReply.Failure.STATUS));
        tryIt("administrator");
        List<AuditEvent> events = fixture.audit.events().subList(1, 3);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.type()).isEqualTo(EventType.CONFIG_TESTED);
            assertThat(event.userId()).isEqualTo("alice");
            assertThat(event.action()).isEqualTo("config:test");
            assertThat(event.resource()).isEqualTo("/config/test");
        });
        assertThat(events.get(0).outcome()).isEqualTo(EventOutcome.ALLOWED);
        assertThat(events.get(0).metadata()).isEqualTo(Map.of("mode", "mock", "version", 1L));
        assertThat(events.get(1).outcome()).isEqualTo(EventOutcome.ERROR);
        assertThat(events.get(1).metadata()).isEqualTo(Map.of("mode", "live", "version", 1L, "kind", "status"));
        assertThat(fixture.ledger.unsettled).isEmpty();
    }

    @Test
    void one_person_tries_so_many_times_a_minute() {
        for (int i = 0; i < ConfigTrials.MOST.requests(); i++) {
            assertThat(tryIt("administrator")).isInstanceOf(Answer.class);
        }
        fixture.backend = backend(() -> {
            throw new AssertionError("the backend was asked");
        });
        Refusal refusal = (Refusal) tryIt("administrator");
        assertThat(refusal.code()).isEqualTo(Refusal.Code.RATE_LIMITED);
        assertThat(refusal.quota()).isNotNull();
        AuditEvent event = fixture.audit.events().get((int) ConfigTrials.MOST.requests());
        assertThat(event.type()).isEqualTo(EventType.RATE_LIMITED);
        assertThat(event.metadata())
                .isEqualTo(Map.of("limit", ConfigTrials.MOST.requests(), "retry_after_seconds", 60L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "developer", "auditor", "forged"})
    void who_may_not_costs_nothing(String role) {
        fixture.ledger.broken = true;
        fixture.backend = backend(() -> {
            throw new AssertionError("the backend was asked");
        });
        assertThat(((Refusal) tryIt(role)).code()).isIn(Refusal.Code.RBAC_DENIAL, Refusal.Code.INVALID_TOKEN);
    }

    @Test
    void while_the_backend_is_asked_the_ledger_holds_who_asks() {
        fixture.backend = backend(() -> {
            assertThat(fixture.ledger.unsettled).singleElement().satisfies(reservation -> {
                assertThat(reservation.userId()).isEqualTo("alice");
                assertThat(reservation.resource()).isEqualTo("/config/test");
                assertThat(reservation.principalKey()).startsWith("config:test:");
            });
            return ANSWER;
        });
        assertThat(tryIt("administrator")).isInstanceOf(Answer.class);
        assertThat(fixture.ledger.unsettled).isEmpty();
    }

    @Test
    void a_trial_that_the_audit_cannot_tell_of_is_withheld_and_stays_reserved() {
        fixture.audit.failWith(new AuditUnavailableException("told to fail", null));
        assertThat(((Refusal) tryIt("administrator")).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
        assertThat(fixture.ledger.unsettled).hasSize(1);
    }

    @Test
    void a_trial_that_breaks_is_told_and_over() {
        fixture.backend = backend(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(((Refusal) tryIt("administrator")).code()).isEqualTo(Refusal.Code.INTERNAL_ERROR);
        assertThat(fixture.audit.only().type()).isEqualTo(EventType.CONFIG_TESTED);
        assertThat(fixture.audit.only().outcome()).isEqualTo(EventOutcome.ERROR);
        assertThat(fixture.ledger.unsettled).isEmpty();
    }

    @Test
    void without_a_ledger_nothing_is_tried() {
        fixture.ledger.broken = true;
        fixture.backend = backend(() -> {
            throw new AssertionError("the backend was asked");
        });
        assertThat(((Refusal) tryIt("administrator")).code()).isEqualTo(Refusal.Code.LIMITS_UNAVAILABLE);
    }

    private static LanguageModel backend(Supplier<ModelReply> reply) {
        return new LanguageModel() {
            @Override
            public ModelReply complete(ModelRequest request) {
                return reply.get();
            }

            @Override
            public String name() {
                return "m";
            }

            @Override
            public boolean live() {
                return true;
            }
        };
    }
}
