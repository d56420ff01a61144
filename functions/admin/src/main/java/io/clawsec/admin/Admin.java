package io.clawsec.admin;

import static io.clawsec.access.Permission.MODEL_CONFIGURE;
import static io.clawsec.access.Permission.POLICY_READ;
import static io.clawsec.access.Permission.RBAC_MANAGE;
import static io.clawsec.access.Permission.SYSTEM_ADMIN;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.Outcome;
import io.clawsec.edge.PolicyInForce;
import io.clawsec.guard.Guard;
import io.clawsec.guard.RuleInForce;
import io.clawsec.guard.rule.Category;
import io.clawsec.identity.Principal;
import io.clawsec.json.JsonObject;
import io.clawsec.settings.PolicySettings;
import io.clawsec.settings.SettingsSection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The function {@code admin}. Safe for use by many threads. */
public final class Admin implements Function<Call, Outcome> {

    private final Envelope envelope;
    private final Supplier<AccessPolicy> access;
    private final Supplier<PolicyInForce> policy;
    private final Config config;
    private final ConfigTrials trials;
    private final PolicyTrials policyTrials;

    /**
     * Makes the function.
     *
     * @param access the roles in force now
     * @param policy gives what is in force now
     * @param config serves the settings
     * @param trials tries them out
     * @param policyTrials tries rules out
     */
    Admin(
            Envelope envelope,
            Supplier<AccessPolicy> access,
            Supplier<PolicyInForce> policy,
            Config config,
            ConfigTrials trials,
            PolicyTrials policyTrials) {
        this.envelope = envelope;
        this.access = access;
        this.policy = policy;
        this.config = config;
        this.trials = trials;
        this.policyTrials = policyTrials;
    }

    @Override
    public Outcome apply(Call call) {
        return switch (call.operation()) {
            case READ_POLICY -> show(call, POLICY_READ, this::policy);
            case TEST_POLICY -> policyTrials.answer(call);
            case READ_ROLES -> show(call, RBAC_MANAGE, this::roles);
            case READ_CONFIG -> show(call, SYSTEM_ADMIN, config::shown);
            case CHANGE_LLM_CONFIG -> change(call, SettingsSection.LLM);
            case CHANGE_POLICY_CONFIG -> change(call, SettingsSection.POLICY);
            case CHANGE_SERVER_CONFIG -> change(call, SettingsSection.SERVER);
            case TEST_CONFIG -> trials.answer(call);
            default -> throw new IllegalArgumentException("not an operation of this function: " + call.operation());
        };
    }

    private Outcome show(Call call, Permission needed, Supplier<JsonObject> content) {
        return envelope.answer(
                call, Set.of(needed), principal -> new Conclusion(Answer.json(content.get()), List.of()));
    }

    /** The whole section to whoever runs the system; of the model, a few fields to whoever may configure it. */
    private Outcome change(Call call, SettingsSection section) {
        return envelope.answer(
                call,
                principal -> permits(principal, SYSTEM_ADMIN)
                        || (section == SettingsSection.LLM && permits(principal, MODEL_CONFIGURE)),
                (principal, stamp) ->
                        config.change(section, call.body().get(), permits(principal, SYSTEM_ADMIN), stamp));
    }

    private boolean permits(Principal principal, Permission permission) {
        return access.get().permits(principal, Set.of(permission));
    }

    private JsonObject policy() {
        PolicyInForce inForce = policy.get();
        Guard guard = inForce.guard();
        PolicySettings switches = inForce.switches();
        return new JsonObject()
                .with("injection_patterns_count", guard.ruleCount(Category.INJECTION))
                .with("secret_patterns_count", guard.ruleCount(Category.SECRET))
                .with("pii_patterns_count", guard.ruleCount(Category.PII))
                .with("max_input_length", switches.maxInputLength())
                .with(
                        "pii_filtering",
                        new JsonObject()
                                .with("input", switches.piiFilterInput() ? "redact" : "off")
                                .with("output", switches.piiFilterOutput() ? "redact" : "off"))
                .with("output_sanitization", "enabled")
                .with("audit_all_queries", true)
                .with("proxy_support", "HTTP_PROXY / HTTPS_PROXY / LLM_HTTP_PROXY / LLM_HTTPS_PROXY")
                .with("version", inForce.hash())
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
        access.get().roles().forEach((name, role) -> roles.with(name, permissions(role)));
        return new JsonObject().with("roles", roles);
    }

    private static List<String> permissions(Role role) {
        return role.permissions().stream().sorted().map(Permission::wireName).toList();
    }
}
