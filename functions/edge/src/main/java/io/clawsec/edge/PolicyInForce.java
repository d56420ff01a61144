package io.clawsec.edge;

import io.clawsec.access.AccessPolicy;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.policyfile.Policy;
import io.clawsec.settings.PolicySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policy files with the switches over them, compiled.
 *
 * @param access the roles and their limits
 * @param switches what the guard was made with
 * @param guard judges by them
 * @param hash SHA-256 over files, switches and modes; 64 hex digits
 */
public record PolicyInForce(AccessPolicy access, PolicySettings switches, Guard guard, String hash) {

    static PolicyInForce of(Policy policy, PolicySettings switches) {
        Guard guard = new Guard(new GuardPolicy(
                policy.packs(),
                switches.maxInputLength(),
                switches.piiFilterInput(),
                switches.piiFilterOutput(),
                switches.blockPromptInjection(),
                switches.blockSecretExfiltration(),
                switches.modes()));
        return new PolicyInForce(policy.access(), switches, guard, hashOf(policy, switches));
    }

    /** The hash alone, for processes that judge nothing: compiling the rules is what costs. */
    static String hashOf(Policy policy, PolicySettings switches) {
        return sha256(policy.sha256(), canonical(policy, switches));
    }

    /** What changes no judgement changes no hash: enforced rules, and rules that are in no file any more, are left out. */
    private static JsonObject canonical(Policy policy, PolicySettings switches) {
        Map<String, String> modes = new TreeMap<>();
        for (RulePack pack : policy.packs()) {
            for (Rule rule : pack.rules()) {
                RuleMode mode = RuleMode.of(rule, switches.modes());
                if (mode != RuleMode.ENFORCE) {
                    modes.put(rule.id(), mode.wireName());
                }
            }
        }
        return new JsonObject()
                .with("max_input_length", switches.maxInputLength())
                .with("pii_filter_input", switches.piiFilterInput())
                .with("pii_filter_output", switches.piiFilterOutput())
                .with("block_prompt_injection", switches.blockPromptInjection())
                .with("block_secret_exfiltration", switches.blockSecretExfiltration())
                .with("modes", modes);
    }

    private static String sha256(String files, JsonObject switches) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((files + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(Json.write(switches)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
