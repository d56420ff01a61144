package io.clawsec.settings;

import io.clawsec.guard.rule.RuleMode;
import java.util.Map;

/**
 * The switches over the rules.
 *
 * @param maxInputLength code points of a prompt
 * @param piiFilterInput whether personal data is looked for in inputs
 * @param piiFilterOutput whether personal data is looked for in outputs
 * @param blockPromptInjection whether injections are looked for
 * @param blockSecretExfiltration whether credentials are looked for in inputs
 * @param modes mode of a rule by its id, or of a category by its wire name; a rule that neither names is enforced
 */
public record PolicySettings(
        int maxInputLength,
        boolean piiFilterInput,
        boolean piiFilterOutput,
        boolean blockPromptInjection,
        boolean blockSecretExfiltration,
        Map<String, RuleMode> modes) {

    public PolicySettings {
        modes = Map.copyOf(modes);
    }
}
