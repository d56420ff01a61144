package io.clawsec.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.edge.PolicyInForce;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.RuleInForce;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.json.Json;
import io.clawsec.policyfile.Policy;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.settings.PolicySettings;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RoleTokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminTest {

    private static final Policy POLICY = PolicyFiles.packaged().load();
    private static final String OFF = POLICY.packs().get(0).rules().get(0).id();
    private static final PolicySettings SWITCHES =
            new PolicySettings(1234, true, true, true, true, Map.of(OFF, RuleMode.OFF));
    private static final Guard GUARD =
            new Guard(new GuardPolicy(POLICY.packs(), 1234, true, true, true, true, SWITCHES.modes()));

    private final ConfigFixture fixture = new ConfigFixture();
    private final InMemoryAudit audit = fixture.audit;
    private final Admin function =
            fixture.admin(() -> new PolicyInForce(POLICY.access(), SWITCHES, GUARD, "f".repeat(64)));

    private Outcome show(String role, Operation operation) {
        return function.apply(new Call(
                new UUID(0, 7),
                operation,
                RoleTokens.of(role),
                Map.of(),
                Body::none,
                new Caller("192.0.2.1", null, null)));
    }

    private static Map<String, @Nullable Object> body(Outcome outcome) throws Exception {
        return Json.parseObject(((Answer) outcome).content());
    }

    @ParameterizedTest
    @CsvSource({
        "agent,         READ_POLICY, false",
        "developer,     READ_POLICY, true",
        "auditor,       READ_POLICY, true",
        "administrator, READ_POLICY, true",
        "agent,         READ_ROLES,  false",
        "developer,     READ_ROLES,  false",
        "auditor,       READ_ROLES,  false",
        "administrator, READ_ROLES,  true",
    })
    void who_may_look_is_the_matrixs_to_say(String role, Operation operation, boolean may) {
        Outcome outcome = show(role, operation);
        if (may) {
            assertThat(outcome).isInstanceOf(Answer.class);
            assertThat(audit.events()).isEmpty();
        } else {
            assertThat(((Refusal) outcome).code()).isEqualTo(Refusal.Code.RBAC_DENIAL);
            assertThat(audit.types()).containsExactly(EventType.RBAC_DENIAL);
        }
    }

    @Test
    void the_policy_counts_what_is_in_force() throws Exception {
        assertThat(body(show("auditor", Operation.READ_POLICY)))
                .containsEntry("injection_patterns_count", (long) GUARD.ruleCount(Category.INJECTION))
                .containsEntry("secret_patterns_count", (long) GUARD.ruleCount(Category.SECRET))
                .containsEntry("pii_patterns_count", (long) GUARD.ruleCount(Category.PII))
                .containsEntry("max_input_length", 1234L)
                .containsEntry("version", "f".repeat(64));
    }

    @Test
    void rules_are_told_with_their_mode_and_without_their_patterns() throws Exception {
        Answer answer = (Answer) show("auditor", Operation.READ_POLICY);
        List<?> rules = (List<?>) Objects.requireNonNull(body(answer).get("rules"));
        List<Object> ids = new ArrayList<>();
        for (Object rule : rules) {
            Map<?, ?> fields = (Map<?, ?>) rule;
            assertThat(fields.keySet())
                    .map(String::valueOf)
                    .containsExactlyInAnyOrder("id", "category", "action", "description", "mode");
            assertThat(String.valueOf(fields.get("mode"))).isEqualTo(OFF.equals(fields.get("id")) ? "off" : "enforce");
            ids.add(Objects.requireNonNull(fields.get("id")));
        }
        assertThat(ids)
                .isEqualTo(GUARD.rules().stream()
                        .map(inForce -> inForce.rule().id())
                        .toList());
        String text = new String(answer.content(), StandardCharsets.UTF_8);
        for (RuleInForce inForce : GUARD.rules()) {
            assertThat(inForce.rule().patterns()).noneMatch(pattern -> pattern.length() > 12 && text.contains(pattern));
        }
    }

    @Test
    void the_role_matrix_is_the_one_that_decides() throws Exception {
        Map<?, ?> roles = (Map<?, ?>) Objects.requireNonNull(
                body(show("administrator", Operation.READ_ROLES)).get("roles"));
        assertThat(roles.keySet())
                .map(String::valueOf)
                .containsExactlyElementsOf(POLICY.access().roles().keySet());
        assertThat(String.valueOf(roles.get("agent"))).isEqualTo("[query:submit, output:read]");
    }

    @Test
    void what_is_not_its_own_is_a_bug() {
        assertThatThrownBy(() -> show("administrator", Operation.SUBMIT_QUERY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
