package io.clawsec.guard;

import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Changes every pattern of a pack by one slip at a time and asks whether the texts of its rule notice: whether some
 * text that must be found, with just this span, or must not, is judged otherwise.
 *
 * <p>Context words are left out of account: they are not part of a pattern.
 */
final class PackMutation {

    private final RulePack pack;
    private final Effect effect;
    private final Map<String, List<Sample>> samples = new HashMap<>();
    private final Map<String, List<Sample>> misjudged = new LinkedHashMap<>();

    /** Says what is to be noticed of changes that no text noticed. */
    @FunctionalInterface
    interface Effect {
        /** Every change is something. */
        Effect ANY = (rule, pattern, mutant) -> "";

        /** A text that would notice, for whoever adds it, or nothing if none is known; null if the change is none. */
        @Nullable
        String of(Rule rule, int pattern, PatternMutants.Mutant mutant);
    }

    /**
     * A pack and its texts.
     *
     * @param samples by rule id, with their spans, or with none where nothing may be found
     */
    PackMutation(RulePack pack, Map<String, List<Sample>> samples, Effect effect) {
        this.pack = pack;
        this.effect = effect;
        for (Rule rule : pack.rules()) {
            List<Sample> texts = samples.getOrDefault(rule.id(), List.of());
            List<Sample> wrong = wrong(rule, rule.patterns(), texts, Integer.MAX_VALUE);
            // What is misjudged already would notice whatever is changed.
            this.samples.put(
                    rule.id(),
                    texts.stream().filter(text -> !wrong.contains(text)).toList());
            if (!wrong.isEmpty()) {
                misjudged.put(rule.id(), wrong);
            }
        }
    }

    /**
     * How one rule fared.
     *
     * @param missed the changes that no text noticed
     * @param withoutEffect how many changes are none, which are not among the mutants
     */
    record Outcome(String rule, int mutants, List<String> missed, int withoutEffect) {}

    /** All outcomes in the pack's order. */
    record Report(List<Outcome> outcomes) {

        int mutants() {
            return outcomes.stream().mapToInt(Outcome::mutants).sum();
        }

        int noticed() {
            return mutants()
                    - outcomes.stream()
                            .mapToInt(outcome -> outcome.missed().size())
                            .sum();
        }

        double rulesWithoutAMiss() {
            return (double) outcomes.stream()
                            .filter(outcome -> outcome.missed().isEmpty())
                            .count()
                    / outcomes.size();
        }

        /** A line for each rule with a miss, and the sums. */
        String table(int mostMissesShown) {
            StringBuilder table = new StringBuilder();
            for (Outcome outcome : outcomes) {
                if (!outcome.missed().isEmpty()) {
                    table.append(String.format(
                            Locale.ROOT,
                            "%-34s %4d of %4d noticed; missed: %s%n",
                            outcome.rule(),
                            outcome.mutants() - outcome.missed().size(),
                            outcome.mutants(),
                            outcome.missed().stream().limit(mostMissesShown).toList()));
                }
            }
            return table
                    + String.format(
                            Locale.ROOT,
                            "%d rules, %.1f %% with every mutant noticed; %d of %d mutants noticed (%.2f %%),"
                                    + " %d more change nothing%n",
                            outcomes.size(),
                            100 * rulesWithoutAMiss(),
                            noticed(),
                            mutants(),
                            100.0 * noticed() / mutants(),
                            outcomes.stream().mapToInt(Outcome::withoutEffect).sum());
        }
    }

    /**
     * Tries mutants.
     *
     * @param share of the mutants to try, chosen by the seed; 1 for all
     */
    Report run(double share, long seed) {
        Random random = new Random(seed);
        List<Outcome> outcomes = new ArrayList<>();
        for (Rule rule : pack.rules()) {
            outcomes.add(outcome(rule, share, random));
        }
        return new Report(outcomes);
    }

    private Outcome outcome(Rule rule, double share, Random random) {
        List<String> missed = new ArrayList<>();
        int tried = 0;
        int without = 0;
        for (int i = 0; i < rule.patterns().size(); i++) {
            for (PatternMutants.Mutant mutant :
                    PatternMutants.of(rule.patterns().get(i))) {
                if (random.nextDouble() >= share) {
                    continue;
                }
                tried++;
                if (isNoticed(rule, i, mutant)) {
                    continue;
                }
                String hint = effect.of(rule, i, mutant);
                if (hint == null) {
                    without++;
                } else {
                    missed.add(mutant.change() + (hint.isEmpty() ? "" : " as in: " + hint));
                }
            }
        }
        return new Outcome(rule.id(), tried - without, missed, without);
    }

    /** Whether a text of the rule is judged otherwise. */
    boolean isNoticed(Rule rule, int pattern, PatternMutants.Mutant mutant) {
        List<String> patterns = new ArrayList<>(rule.patterns());
        patterns.set(pattern, mutant.regex());
        List<Sample> texts = samples.getOrDefault(rule.id(), List.of());
        return !wrong(rule, patterns, texts, 1).isEmpty();
    }

    /** The texts that the rules as they are judge otherwise than they should, by rule id. */
    Map<String, List<Sample>> misjudged() {
        return misjudged;
    }

    /** The first texts that the rule with these patterns misjudges. */
    private static List<Sample> wrong(Rule rule, List<String> patterns, List<Sample> texts, int most) {
        PatternJudge judge = new PatternJudge(rule, patterns);
        return texts.stream()
                .filter(sample -> !sample.isMetBy(judge.judged(sample.text())))
                .limit(most)
                .toList();
    }
}
