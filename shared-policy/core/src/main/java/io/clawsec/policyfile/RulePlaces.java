package io.clawsec.policyfile;

import java.util.List;

/**
 * Where a rule stands in its file: lines, the first being 1.
 *
 * @param file the file's name, such as {@code secrets.yaml}
 * @param rule where it begins
 * @param patterns of each pattern
 * @param matches of each example that must match
 * @param noMatches of each example that must not
 */
public record RulePlaces(
        String file, int rule, List<Integer> patterns, List<Integer> matches, List<Integer> noMatches) {

    public RulePlaces {
        patterns = List.copyOf(patterns);
        matches = List.copyOf(matches);
        noMatches = List.copyOf(noMatches);
    }
}
