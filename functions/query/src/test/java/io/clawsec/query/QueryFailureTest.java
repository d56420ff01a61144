package io.clawsec.query;

import static io.clawsec.query.QueryFixture.BENIGN;
import static io.clawsec.query.QueryFixture.REQUEST;
import static io.clawsec.query.QueryFixture.body;
import static io.clawsec.query.QueryFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Refusal;
import io.clawsec.guard.BrokenGuard;
import io.clawsec.model.ModelReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever breaks, the answer is withheld, the audit says so, and the reservation ends once, or stays to tell. */
class QueryFailureTest {

    private final QueryFixture fixture = new QueryFixture();

    @Test
    void a_guard_that_breaks_on_the_prompt_lets_nothing_through() {
        fixture.withBrokenGuard();
        Refusal refusal = refusal(fixture.ask("agent", "{\"prompt\":\"" + BrokenGuard.TRIGGER + "\"}"));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.GUARD_UNAVAILABLE);
        assertThat(refusal.detail()).doesNotContain(BrokenGuard.TRIGGER);
        assertThat(fixture.journal).containsExactly("reserve", "guard input", "append llm_error", "settle");
        assertFailure("guard_unavailable");
    }

    @Test
    void a_guard_that_breaks_on_the_answer_withholds_it() {
        fixture.withBrokenGuard().answering("Paris, " + BrokenGuard.TRIGGER);
        assertThat(refusal(fixture.ask("agent", BENIGN)).code()).isEqualTo(Refusal.Code.GUARD_UNAVAILABLE);
        assertThat(fixture.journal)
                .containsExactly("reserve", "guard input", "model", "guard output", "append llm_error", "settle");
        assertFailure("guard_unavailable");
    }

    @Test
    void limits_that_cannot_be_kept_admit_nobody() {
        fixture.ledger.breakReserve();
        assertThat(refusal(fixture.ask("agent", BENIGN)).code()).isEqualTo(Refusal.Code.LIMITS_UNAVAILABLE);
        assertThat(fixture.journal).containsExactly("reserve", "append llm_error");
        assertFailure("limits_unavailable");
    }

    @Test
    void an_audit_that_cannot_be_written_withholds_the_answer_and_leaves_the_reservation_to_tell() {
        fixture.audit.failWith(new AuditUnavailableException("the disk is full", null));
        Refusal refusal = refusal(fixture.ask("agent", BENIGN));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
        assertThat(refusal.detail()).doesNotContain("disk");
        assertThat(fixture.journal).containsExactly("reserve", "guard input", "model", "guard output");
        assertThat(fixture.ledger.unsettled()).containsExactly(REQUEST);

        fixture.audit.failWith(null);
        fixture.clock.advance(QueryFixture.MODEL_TIMEOUT.plus(Abandoned.MARGIN).plus(Duration.ofSeconds(1)));
        new Abandoned(fixture.ledger, fixture.audit, () -> QueryFixture.MODEL_TIMEOUT, fixture.clock).sweep();
        assertThat(fixture.audit.only().requestId()).isEqualTo(REQUEST);
        assertThat(fixture.audit.only().type()).isEqualTo(EventType.LLM_ERROR);
        assertThat(fixture.ledger.unsettled()).isEmpty();
    }

    @Test
    void a_reservation_that_cannot_be_ended_does_not_take_back_an_answer_that_the_audit_holds() {
        fixture.ledger.breakSettle(true);
        assertThat(body(fixture.ask("agent", BENIGN))).containsEntry("response", "Paris.");
        assertThat(fixture.journal).endsWith("append llm_query", "settle");
        assertThat(fixture.ledger.unsettled()).containsExactly(REQUEST);
    }

    @Test
    void a_look_for_abandoned_requests_that_fails_does_not_take_back_an_answer() {
        fixture.ledger.breakList(true);
        assertThat(body(fixture.ask("agent", BENIGN))).containsEntry("response", "Paris.");
    }

    @Test
    void a_bug_of_the_ledger_does_not_take_back_an_answer_that_the_audit_holds_either() {
        fixture.ledger.breakUnexpectedly();
        fixture.ledger.breakSettle(true);
        fixture.ledger.breakList(true);
        assertThat(body(fixture.ask("agent", BENIGN))).containsEntry("response", "Paris.");
        assertThat(body(fixture.guard("agent", "{\"text\":\"Hello\"}"))).containsEntry("allowed", true);
        assertThat(fixture.ledger.unsettled()).containsExactly(REQUEST);
    }

    @Test
    void whoever_was_counted_is_told_the_limits_whatever_breaks_after() {
        fixture.withBrokenGuard().answering(BrokenGuard.TRIGGER);
        assertThat(fixture.ask("agent", BENIGN).quota()).isEqualTo(RecordingLedger.QUOTA);
        assertThat(fixture.guard("agent", "{\"text\":\"" + BrokenGuard.TRIGGER + "\"}")
                        .quota())
                .isEqualTo(RecordingLedger.QUOTA);
        fixture.audit.failWith(new AuditUnavailableException("the disk is full", null));
        assertThat(fixture.ask("agent", BENIGN).quota()).isEqualTo(RecordingLedger.QUOTA);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,   UPSTREAM_FAILED,  connect",
        "STATUS,    UPSTREAM_FAILED,  status",
        "TOO_LARGE, UPSTREAM_FAILED,  too_large",
        "MALFORMED, UPSTREAM_FAILED,  malformed",
        "TIMEOUT,   UPSTREAM_TIMEOUT, timeout"
    })
    void a_backend_that_fails_is_told_apart_by_kind(ModelReply.Failure failure, Refusal.Code code, String kind) {
        fixture.withModel(request -> new ModelReply.Failed(failure));
        Refusal refusal = refusal(fixture.ask("agent", BENIGN));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.quota()).isEqualTo(RecordingLedger.QUOTA);
        assertThat(fixture.journal).containsExactly("reserve", "guard input", "model", "append llm_error", "settle");
        assertThat(fixture.audit.only().metadata()).containsEntry("kind", kind);
    }

    @Test
    void a_bug_is_an_internal_error_without_its_message() {
        fixture.withModel(request -> {
            throw new IllegalStateException("it said: Paris");
        });
        assertInternalError();
    }

    @Test
    void an_error_of_the_machine_leaves_its_event_too() {
        fixture.withModel(request -> {
            throw new StackOverflowError("deep in: Paris");
        });
        assertInternalError();
    }

    private void assertInternalError() {
        Refusal refusal = refusal(fixture.ask("agent", BENIGN));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INTERNAL_ERROR);
        assertThat(refusal.detail()).doesNotContain("Paris");
        assertThat(fixture.journal).containsExactly("reserve", "guard input", "model", "append llm_error", "settle");
        assertFailure("internal_error");
    }

    private void assertFailure(String code) {
        AuditEvent event = fixture.audit.only();
        assertThat(event.type()).isEqualTo(EventType.LLM_ERROR);
        assertThat(event.outcome()).isEqualTo(EventOutcome.ERROR);
        assertThat(event.metadata()).isEqualTo(java.util.Map.of("code", code));
        assertThat(event.userId()).isEqualTo("alice");
        assertThat(fixture.ledger.unsettled()).isEmpty();
    }
}
