package io.clawsec.admin;

import static io.clawsec.access.Permission.POLICY_READ;
import static io.clawsec.access.Permission.RBAC_MANAGE;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.Outcome;
import io.clawsec.guard.Category;
import io.clawsec.guard.Guard;
import io.clawsec.guard.RuleInForce;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The function {@code admin}. Safe for use by many threads. */
public final class Admin implements Function<Call, Outcome> {

    private final Envelope envelope;
    private final AccessPolicy access;
    private final Guard guard;
    private final int maxInputLength;
    private final String policyHash;

    /**
     * Makes the function.
     *
     * @param maxInputLength the bound of a prompt, in code points
     * @param policyHash the active policy's SHA-256
     */
    Admin(Envelope envelope, AccessPolicy access, Guard guard, int maxInputLength, String policyHash) {
        this.envelope = envelope;
        this.access = access;
        this.guard = guard;
        this.maxInputLength = maxInputLength;
        this.policyHash = policyHash;
    }

    @Override
    public Outcome apply(Call call) {
        return switch (call.operation()) {
            case READ_POLICY -> show(call, POLICY_READ, this::policy);
            case READ_ROLES -> show(call, RBAC_MANAGE, this::roles);
            default -> throw new IllegalArgumentException("not an operation of this function: " + call.operation());
        };
    }

    private Outcome show(Call call, Permission needed, java.util.function.Supplier<Map<String, Object>> content) {
        return envelope.answer(
                call, Set.of(needed), principal -> new Conclusion(Answer.json(content.get()), List.of()));
    }

    private Map<String, Object> policy() {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("injection_patterns_count", guard.ruleCount(Category.INJECTION));
        policy.put("secret_patterns_count", guard.ruleCount(Category.SECRET));
        policy.put("pii_patterns_count", guard.ruleCount(Category.PII));
        policy.put("max_input_length", maxInputLength);
        policy.put("pii_filtering", Map.of("input", "redact", "output", "redact"));
        policy.put("output_sanitization", "enabled");
        policy.put("audit_all_queries", true);
        policy.put("proxy_support", "HTTP_PROXY / HTTPS_PROXY / LLM_HTTP_PROXY / LLM_HTTPS_PROXY");
        policy.put("version", policyHash);
        policy.put("rules", guard.rules().stream().map(Admin::rule).toList());
        return policy;
    }

    private static Map<String, Object> rule(RuleInForce inForce) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", inForce.rule().id());
        rule.put("category", inForce.rule().category().wireName());
        rule.put("action", inForce.rule().action().wireName());
        rule.put("description", inForce.rule().description());
        rule.put("mode", inForce.mode().wireName());
        return rule;
    }

    private Map<String, Object> roles() {
        Map<String, Object> roles = new LinkedHashMap<>();
        access.roles()
                .forEach((name, role) -> roles.put(
                        name,
                        role.permissions().stream()
                                .sorted()
                                .map(Permission::wireName)
                                .toList()));
        return Map.of("roles", roles);
    }
}
