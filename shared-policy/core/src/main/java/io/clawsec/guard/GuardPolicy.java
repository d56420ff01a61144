package io.clawsec.guard;

import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.guard.rule.RulePack;
import java.util.List;
import java.util.Map;

/**
 * What a guard is built from: the rules and the switches over them. Immutable.
 *
 * @param packs the rules; ids are unique across all packs
 * @param maxInputLength code points that one input text may hold, at least 1
 * @param piiFilterInput whether personal data is looked for in inputs
 * @param piiFilterOutput whether personal data is looked for in outputs
 * @param blockPromptInjection whether injections are looked for in inputs
 * @param blockSecretExfiltration whether credentials are looked for in inputs; in outputs they always are
 * @param modes mode of a rule by its id, or of a category by its wire name; see {@link RuleMode#of(Rule, Map)}
 */
public record GuardPolicy(
        List<RulePack> packs,
        int maxInputLength,
        boolean piiFilterInput,
        boolean piiFilterOutput,
        boolean blockPromptInjection,
        boolean blockSecretExfiltration,
        Map<String, RuleMode> modes) {

    /** Code points of one input text where nobody has said otherwise. */
    public static final int DEFAULT_MAX_INPUT_LENGTH = 32_768;

    public GuardPolicy {
        packs = List.copyOf(packs);
        modes = Map.copyOf(modes);
        if (maxInputLength < 1) {
            throw new IllegalArgumentException("max_input_length is at least 1");
        }
    }

    /** The same policy with another pack in the place of those of its category. */
    public GuardPolicy replacing(RulePack pack) {
        List<RulePack> others = packs.stream()
                .map(one -> one.category() == pack.category() ? pack : one)
                .distinct()
                .toList();
        return new GuardPolicy(
                others,
                maxInputLength,
                piiFilterInput,
                piiFilterOutput,
                blockPromptInjection,
                blockSecretExfiltration,
                modes);
    }

    /** Everything switched on and every rule enforced. */
    public static GuardPolicy strict(List<RulePack> packs) {
        return new GuardPolicy(packs, DEFAULT_MAX_INPUT_LENGTH, true, true, true, true, Map.of());
    }
}
