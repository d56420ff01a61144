package io.clawsec.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Refusal;
import io.clawsec.model.Completion;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.settings.StoredSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What changes leave in the audit, and when nothing is changed. */
class ConfigTest {

    private final ConfigFixture fixture = new ConfigFixture();

    private Conclusion change(SettingsSection section, String updates) {
        byte[] body = ("{\"updates\":" + updates + "}").getBytes(StandardCharsets.UTF_8);
        return fixture.config().change(section, new Body.Json(body), true);
    }

    private static Object changes(Conclusion conclusion) {
        return conclusion.events().get(0).metadata().getOrDefault("changes", "none");
    }

    @Test
    void the_audit_has_old_and_new_values_and_no_secret() {
        Conclusion first = change(
                SettingsSection.LLM, "{\"api_url\":\"https://a.example/v1?key=hunter2\",\"api_key\":\"hunter2\"}");
        assertThat(first.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.CONFIG_UPDATED);
            assertThat(event.toString()).doesNotContain("hunter2");
        });
        assertThat(changes(first)).hasToString("{api_key=changed, api_url={from=, to=https://a.example/v1}}");
        assertThat(new String(((Answer) first.outcome()).content(), StandardCharsets.UTF_8))
                .contains("\"api_key\":\"set\"");
        Conclusion modes = change(SettingsSection.POLICY, "{\"modes\":{\"rule-a\":\"off\",\"rule-b\":\"enforce\"}}");
        assertThat(modes.events().get(0).type()).isEqualTo(EventType.POLICY_CHANGED);
        assertThat(changes(modes)).hasToString("{modes={rule-a={from=enforce, to=off}}}");
        Conclusion back = change(SettingsSection.POLICY, "{\"modes\":{}}");
        assertThat(changes(back)).hasToString("{modes={rule-a={from=off, to=enforce}}}");
    }

    @Test
    void an_event_stays_within_its_bounds_whatever_was_changed() {
        StringBuilder modes = new StringBuilder("{\"modes\":{");
        for (int i = 0; i < 1000; i++) {
            modes.append(i == 0 ? "" : ",").append("\"rule-").append(i).append("\":\"monitor\"");
        }
        Map<?, ?> changed = (Map<?, ?>)
                changes(change(SettingsSection.POLICY, modes.append("}}").toString()));
        Map<?, ?> rules = (Map<?, ?>) Objects.requireNonNull(changed.get("modes"));
        assertThat(rules).hasSize(201);
        assertThat(rules.toString()).contains("and_more=800").hasSizeLessThan(20_000);
    }

    @Test
    void where_no_event_can_be_kept_nothing_is_changed() {
        fixture.auditBroken = true;
        assertThatThrownBy(() -> change(SettingsSection.LLM, "{\"model\":\"m\"}"))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(fixture.repository.read()).isEqualTo(StoredSettings.NONE);
    }

    @Test
    void a_store_that_fails_is_told_to_the_envelope() {
        assertThat(fixture.config().shown().fields()).containsEntry("version", 0L);
        fixture.repository.breakDown(true);
        assertThatThrownBy(() -> change(SettingsSection.LLM, "{\"model\":\"m\"}"))
                .isInstanceOf(SettingsUnavailableException.class);
    }

    @Test
    void a_body_that_is_no_patch_is_refused_and_changes_nothing() {
        for (String body : new String[] {"", "[]", "{", "{\"updates\":null}", "{\"updates\":{},\"updates\":{}}"}) {
            Conclusion conclusion = fixture.config()
                    .change(SettingsSection.LLM, new Body.Json(body.getBytes(StandardCharsets.UTF_8)), true);
            assertThat(conclusion.outcome()).isInstanceOf(Refusal.class);
        }
        assertThat(fixture.repository.read()).isEqualTo(StoredSettings.NONE);
    }

    @Test
    void what_is_said_of_a_trial_is_from_a_closed_list() {
        Set<Object> messages = new HashSet<>();
        for (ModelReply.Failure failure : ModelReply.Failure.values()) {
            fixture.backend = backend(new ModelReply.Failed(failure));
            Map<String, ?> result = fixture.config().tried().fields();
            assertThat(result.get("success")).isEqualTo(false);
            messages.add(String.valueOf(result.get("message")));
        }
        assertThat(messages).hasSize(ModelReply.Failure.values().length);
        fixture.backend = backend(new ModelReply.Completed(new Completion("backend words"), "m", 1, 1));
        assertThat(fixture.config().tried().fields().toString())
                .contains("success=true", "mode=live")
                .doesNotContain("backend words");
    }

    private static LanguageModel backend(ModelReply reply) {
        return new LanguageModel() {
            @Override
            public ModelReply complete(ModelRequest request) {
                return reply;
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
