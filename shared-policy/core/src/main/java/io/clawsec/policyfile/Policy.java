package io.clawsec.policyfile;

import io.clawsec.access.AccessPolicy;
import io.clawsec.guard.rule.RulePack;
import java.util.List;

/**
 * What the policy files say, validated. Immutable.
 *
 * @param access the roles
 * @param packs the rules, by file
 * @param sha256 64 hex digits over the names and the bytes of all the files
 */
public record Policy(AccessPolicy access, List<RulePack> packs, String sha256) {

    public Policy {
        packs = List.copyOf(packs);
    }
}
