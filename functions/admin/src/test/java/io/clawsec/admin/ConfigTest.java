package io.clawsec.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.settings.StoredSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes leave in the audit, and when nothing is changed. */
class ConfigTest {

    private final ConfigFixture fixture = new ConfigFixture();

    private Outcome change(Operation section, String updates) {
        return fixture.ask("administrator", section, "{\"updates\":" + updates + "}");
    }

    private AuditEvent newest() {
        List<AuditEvent> events = fixture.audit.events();
        return events.get(events.size() - 1);
    }

    private Object changes() {
        return newest().metadata().getOrDefault("changes", "none");
    }

    private static Refusal.Code code(Outcome outcome) {
        return ((Refusal) outcome).code();
    }

    @Test
    void the_audit_has_old_and_new_values_and_no_secret() {
        Outcome first = change(
                Operation.CHANGE_LLM_CONFIG,
                "{\"api_url\":\"https://a.example/v1?key=hunter2\",\"api_key\":\"hunter2\"}");
        assertThat(newest().type()).isEqualTo(EventType.CONFIG_UPDATED);
        assertThat(newest().metadata().toString()).doesNotContain("hunter2");
        assertThat(changes()).hasToString("{api_key=changed, api_url={from=, to=https://a.example/v1}}");
        assertThat(new String(((Answer) first).content(), StandardCharsets.UTF_8))
                .contains("\"api_key\":\"set\"");
        change(Operation.CHANGE_POLICY_CONFIG, "{\"modes\":{\"rule-a\":\"off\",\"rule-b\":\"enforce\"}}");
        assertThat(newest().type()).isEqualTo(EventType.POLICY_CHANGED);
        assertThat(newest().metadata()).containsEntry("section", "policy").containsEntry("version", 2L);
        assertThat(changes()).hasToString("{modes={rule-a={from=enforce, to=off}}}");
        change(Operation.CHANGE_POLICY_CONFIG, "{\"modes\":{}}");
        assertThat(changes()).hasToString("{modes={rule-a={from=off, to=enforce}}}");
        assertThat(fixture.audit.events())
                .as("one event a change")
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.userId()).isEqualTo("alice"));
    }

    @Test
    void a_rule_that_gives_its_mode_back_is_told_to_be_as_its_category_where_that_has_one() {
        change(Operation.CHANGE_POLICY_CONFIG, "{\"modes\":{\"rule-a\":\"enforce\",\"secret\":\"off\"}}");
        assertThat(changes()).hasToString("{modes={secret={from=enforce, to=off}}}");
        change(Operation.CHANGE_POLICY_CONFIG, "{\"modes\":{\"secret\":\"off\"}}");
        assertThat(changes()).hasToString("{modes={rule-a={from=enforce, to=as its category}}}");
        change(Operation.CHANGE_POLICY_CONFIG, "{\"modes\":{}}");
        assertThat(changes()).hasToString("{modes={secret={from=off, to=enforce}}}");
    }

    @Test
    void an_event_stays_within_its_bounds_whatever_was_changed() {
        StringBuilder modes = new StringBuilder("{\"modes\":{");
        for (int i = 0; i < 1000; i++) {
            modes.append(i == 0 ? "" : ",").append("\"rule-").append(i).append("\":\"monitor\"");
        }
        change(Operation.CHANGE_POLICY_CONFIG, modes.append("}}").toString());
        Map<?, ?> rules = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) changes()).get("modes"));
        assertThat(rules).hasSize(201);
        assertThat(rules.toString()).contains("and_more=800").hasSizeLessThan(20_000);
    }

    /** Whoever may not read the settings does not read them in the answer to a change either. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"model\":\"m\"}"})
    void who_may_change_the_model_alone_is_shown_no_more_than_that(String updates) {
        change(
                Operation.CHANGE_LLM_CONFIG,
                "{\"api_url\":\"https://a.example/v1?key=hunter2\",\"api_key\":\"hunter2\",\"model\":\"m\"}");
        Answer answer = (Answer) fixture.ask("developer", Operation.CHANGE_LLM_CONFIG, "{\"updates\":" + updates + "}");
        assertThat(new String(answer.content(), StandardCharsets.UTF_8))
                .isEqualTo("{\"section\":\"llm\",\"config\":{\"model\":\"m\",\"max_tokens\":2048,"
                        + "\"timeout_seconds\":30},\"version\":2}");
    }

    @Test
    void where_no_event_can_be_kept_nothing_is_changed() {
        fixture.audit.failWith(new AuditUnavailableException("told to fail", null));
        assertThat(code(change(Operation.CHANGE_LLM_CONFIG, "{\"model\":\"m\"}")))
                .isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
        fixture.audit.failWith(null);
        assertThat(fixture.repository.read()).isEqualTo(StoredSettings.NONE);
        assertThat(fixture.audit.events()).isEmpty();
    }

    @Test
    void where_nothing_can_be_saved_the_audit_tells_of_a_request_that_failed() {
        fixture.repository.breakDown(true);
        assertThat(code(change(Operation.CHANGE_LLM_CONFIG, "{\"model\":\"m\"}")))
                .isEqualTo(Refusal.Code.SETTINGS_UNAVAILABLE);
        assertThat(fixture.eventTypes()).containsExactly(EventType.REQUEST_REFUSED);
    }

    @Test
    void a_change_for_a_version_that_is_gone_is_stale() {
        change(Operation.CHANGE_LLM_CONFIG, "{\"model\":\"m\"}");
        Outcome late = fixture.ask("administrator", Operation.CHANGE_SERVER_CONFIG, "{\"version\":0,\"updates\":{}}");
        assertThat(code(late)).isEqualTo(Refusal.Code.STALE_VERSION);
        assertThat(fixture.eventTypes()).containsExactly(EventType.CONFIG_UPDATED, EventType.REQUEST_REFUSED);
    }

    @Test
    void a_body_that_is_no_patch_is_refused_and_changes_nothing() {
        for (String body : new String[] {"", "[]", "{", "{\"updates\":null}", "{\"updates\":{},\"updates\":{}}"}) {
            assertThat(fixture.ask("administrator", Operation.CHANGE_LLM_CONFIG, body))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(fixture.repository.read()).isEqualTo(StoredSettings.NONE);
        assertThat(fixture.eventTypes()).hasSize(5).containsOnly(EventType.REQUEST_REFUSED);
    }
}
