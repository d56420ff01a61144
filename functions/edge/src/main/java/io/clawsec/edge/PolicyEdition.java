package io.clawsec.edge;

import io.clawsec.guard.rule.Rule;
import io.clawsec.policyfile.Policy;
import io.clawsec.settings.Derived;
import io.clawsec.settings.PolicySettings;
import io.clawsec.settings.Settings;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One version of the policy files, and what the switches make of it, made once for the same switches. Safe for use by
 * many threads.
 */
final class PolicyEdition {

    private final Policy policy;
    private final Set<String> rules;
    private final Derived<PolicySettings, PolicyInForce> inForce;
    private final Derived<PolicySettings, String> hash;

    PolicyEdition(Policy policy) {
        this.policy = policy;
        this.rules = policy.packs().stream()
                .flatMap(pack -> pack.rules().stream())
                .map(Rule::id)
                .collect(Collectors.toUnmodifiableSet());
        this.inForce = new Derived<>(Settings::policy, switches -> PolicyInForce.of(policy, switches));
        this.hash = new Derived<>(Settings::policy, switches -> PolicyInForce.hashOf(policy, switches));
    }

    Policy policy() {
        return policy;
    }

    /** Whether a mode can be given to the name: it is a rule's id, or the wire name of a category that has rules. */
    boolean takesMode(String name) {
        return rules.contains(name)
                || policy.packs().stream()
                        .anyMatch(pack -> pack.category().wireName().equals(name));
    }

    /** The guard and the rest; the first time for these switches it compiles the rules. */
    PolicyInForce inForce(Settings settings) {
        return inForce.of(settings);
    }

    /** The hash alone. */
    String hash(Settings settings) {
        return hash.of(settings);
    }
}
