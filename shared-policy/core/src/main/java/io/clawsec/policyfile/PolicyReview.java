package io.clawsec.policyfile;

import io.clawsec.guard.rule.RulePack;
import java.util.List;
import java.util.Map;

/**
 * The policy files read for whoever writes them: every pattern is checked, the packaged ones too.
 *
 * @param packs the rules; they count only where nothing is wrong
 * @param errors what is wrong, each as {@code file:line: reason}
 * @param places where each rule stands, by its id
 */
public record PolicyReview(List<RulePack> packs, List<String> errors, Map<String, RulePlaces> places) {

    public PolicyReview {
        packs = List.copyOf(packs);
        errors = List.copyOf(errors);
        places = Map.copyOf(places);
    }
}
