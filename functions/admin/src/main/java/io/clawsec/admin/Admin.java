package io.clawsec.admin;

import static io.clawsec.access.Permission.POLICY_READ;
import static io.clawsec.access.Permission.RBAC_MANAGE;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.Outcome;
import io.clawsec.guard.Guard;
import io.clawsec.guard.RuleInForce;
import io.clawsec.guard.rule.Category;
import io.clawsec.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

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

    private Outcome show(Call call, Permission needed, Supplier<JsonObject> content) {
        return envelope.answer(
                call, Set.of(needed), principal -> new Conclusion(Answer.json(content.get()), List.of()));
    }

    private JsonObject policy() {
        return new JsonObject()
                .with("injection_patterns_count", guard.ruleCount(Category.INJECTION))
                .with("secret_patterns_count", guard.ruleCount(Category.SECRET))
                .with("pii_patterns_count", guard.ruleCount(Category.PII))
                .with("max_input_length", maxInputLength)
                .with("pii_filtering", new JsonObject().with("input", "redact").with("output", "redact"))
                .with("output_sanitization", "enabled")
                .with("audit_all_queries", true)
                .with("proxy_support", "HTTP_PROXY / HTTPS_PROXY / LLM_HTTP_PROXY / LLM_HTTPS_PROXY")
                .with("version", policyHash)
                .with("rules", guard.rules().stream().map(Admin::rule).toList());
    }

    private static JsonObject rule(RuleInForce inForce) {
        return new JsonObject()
                .with("id", inForce.rule().id())
                .with("category", inForce.rule().category().wireName())
                .with("action", inForce.rule().action().wireName())
                .with("description", inForce.rule().description())
                .with("mode", inForce.mode().wireName());
    }

    private JsonObject roles() {
        JsonObject roles = new JsonObject();
        access.roles().forEach((name, role) -> roles.with(name, permissions(role)));
        return new JsonObject().with("roles", roles);
    }

    private static List<String> permissions(Role role) {
        return role.permissions().stream().sorted().map(Permission::wireName).toList();
    }
}
