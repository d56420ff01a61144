package io.clawsec.cli.policy;

import io.clawsec.cli.policy.CheckReport.Cost;
import io.clawsec.cli.policy.HostileTexts.Hostile;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.pattern.KeywordCheck;
import io.clawsec.guard.pattern.PatternRefusedException;
import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.policyfile.PolicyReview;
import io.clawsec.policyfile.RulePlaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tries policy files out before anybody relies on them: their form, whether their rules do what their examples say, alone
 * and together, and what texts cost that are made to cost much.
 */
public final class PolicyCheck {

    /** Characters of a hostile text that no rule in particular is meant by: the longest input. */
    private static final int LONG = GuardPolicy.DEFAULT_MAX_INPUT_LENGTH;

    /** Characters of one that is meant for a rule: there are many, and in these what is costly shows already. */
    private static final int SHORT = 4_096;

    private static final double NANOS_PER_MILLI = 1e6;

    private final PolicyReview review;
    private final List<String> errors = new ArrayList<>();
    private int examples;

    private PolicyCheck(PolicyReview review) {
        this.review = review;
    }

    /** Checks the files; what is wrong is in the report, and nothing of the files is put in force anywhere. */
    public static CheckReport of(PolicyFiles files) {
        return new PolicyCheck(files.review()).report();
    }

    private CheckReport report() {
        errors.addAll(review.errors());
        List<Rule> rules =
                review.packs().stream().flatMap(pack -> pack.rules().stream()).toList();
        if (!errors.isEmpty()) {
            return new CheckReport(errors, rules.size(), 0, null); // what cannot be read cannot be tried
        }
        refuseDuplicates(rules);
        rules.forEach(this::refuseIdleKeywords);
        Guard all = new Guard(GuardPolicy.strict(review.packs()));
        rules.forEach(rule -> {
            try {
                tryExamples(rule, all);
            } catch (GuardUnavailableException beyondItsBound) {
                error(rule, places(rule).rule(), "the guard gives up on an example of rule " + rule.id());
            }
        });
        Cost cost = errors.isEmpty() ? costOf(rules, all) : null;
        return new CheckReport(errors, rules.size(), examples, cost);
    }

    /** A pattern that stands twice with the same conditions is one rule too many, or a slip. */
    private void refuseDuplicates(List<Rule> rules) {
        Map<List<Object>, Rule> first = new HashMap<>();
        for (Rule rule : rules) {
            for (int i = 0; i < rule.patterns().size(); i++) {
                List<Object> judged =
                        List.of(rule.patterns().get(i), rule.validator(), rule.context(), rule.category());
                Rule other = first.putIfAbsent(judged, rule);
                if (other != null) {
                    RulePlaces there = places(other);
                    error(
                            rule,
                            places(rule).patterns().get(i),
                            "a pattern of rule " + rule.id() + " is one of rule " + other.id() + " too, at "
                                    + there.file() + ":" + there.rule());
                }
            }
        }
    }

    /** A match without a keyword would be passed over in a text on which the matcher looks for keywords first. */
    private void refuseIdleKeywords(Rule rule) {
        for (int i = 0; i < rule.patterns().size(); i++) {
            int line = places(rule).patterns().get(i);
            withoutKeyword(specs(rule).get(i))
                    .ifPresent(text ->
                            error(rule, line, "rule " + rule.id() + " matches without one of its keywords: " + text));
        }
    }

    /** What a pattern matches without a keyword; of one for which that would take too long to tell nothing is said. */
    private static Optional<String> withoutKeyword(PatternSpec spec) {
        try {
            return KeywordCheck.matchWithoutKeyword(spec);
        } catch (PatternRefusedException tooLong) {
            return Optional.empty();
        }
    }

    private static List<PatternSpec> specs(Rule rule) {
        return rule.patterns().stream()
                .map(regex -> new PatternSpec(rule.id(), regex, rule.keywords(), rule.also(), rule.maxLength()))
                .toList();
    }

    private void tryExamples(Rule rule, Guard all) {
        Guard alone = new Guard(GuardPolicy.strict(List.of(pack(rule))));
        List<String> matches = rule.examples().match();
        for (int i = 0; i < matches.size(); i++) {
            int line = places(rule).matches().get(i);
            String text = matches.get(i);
            if (!fires(alone, text)) {
                error(rule, line, "rule " + rule.id() + " does not match its example");
            } else if (!fires(all, text)) {
                error(rule, line, "the example of rule " + rule.id() + " is lost beside the other rules");
            } else if (isRedacted(rule) && delivered(all, text)) {
                error(rule, line, "the example of rule " + rule.id() + " leaves an output as it is");
            }
        }
        List<String> noMatches = rule.examples().noMatch();
        for (int i = 0; i < noMatches.size(); i++) {
            if (fires(alone, noMatches.get(i))) {
                error(rule, places(rule).noMatches().get(i), "rule " + rule.id() + " matches what it must not");
            }
        }
        examples += matches.size() + noMatches.size();
    }

    private Cost costOf(List<Rule> rules, Guard all) {
        List<Hostile> texts = new ArrayList<>(HostileTexts.ofAnything(LONG));
        texts.addAll(HostileTexts.ofAll(rules, LONG));
        rules.forEach(rule -> texts.addAll(HostileTexts.of(rule, SHORT)));
        String slowest = "";
        long slowestNanos = 0;
        for (Hostile hostile : texts) {
            long start = System.nanoTime();
            try {
                fires(all, hostile.text());
                delivered(all, hostile.text());
            } catch (GuardUnavailableException beyondItsBound) {
                errors.add("the guard gives up on a text of " + hostile.text().length() + " characters: "
                        + hostile.name());
            }
            long nanos = System.nanoTime() - start;
            if (nanos > slowestNanos) {
                slowestNanos = nanos;
                slowest = hostile.name();
            }
        }
        return stepsOf(rules, new Cost(texts.size(), slowest, slowestNanos / NANOS_PER_MILLI, "", "", 0, 0));
    }

    /** Each rule by itself, for its own hostile texts and for those of nobody: so its steps are its own. */
    private Cost stepsOf(List<Rule> rules, Cost time) {
        List<Hostile> anything = HostileTexts.ofAnything(SHORT);
        Cost cost = time;
        for (Rule rule : rules) {
            PatternSet patterns = PatternSet.compile(specs(rule));
            List<Hostile> texts = new ArrayList<>(HostileTexts.of(rule, SHORT));
            texts.addAll(anything);
            for (Hostile hostile : texts) {
                long steps = patterns.work(hostile.text());
                boolean more = steps > cost.costliestSteps();
                cost = new Cost(
                        cost.texts(),
                        cost.slowestText(),
                        cost.slowestMillis(),
                        more ? rule.id() : cost.costliestRule(),
                        more ? hostile.name() : cost.costliestText(),
                        Math.max(steps, cost.costliestSteps()),
                        cost.steps() + steps);
            }
        }
        return cost;
    }

    private static boolean isRedacted(Rule rule) {
        return rule.category() != Category.INJECTION && rule.action() != Action.MONITOR;
    }

    private static boolean fires(Guard guard, String text) {
        return !guard.inspect(List.of(new GuardedText("text", text))).findings().isEmpty();
    }

    private static boolean delivered(Guard guard, String text) {
        return guard.redact(new GuardedText("text", text)).texts().get(0).text().equals(text);
    }

    private static RulePack pack(Rule rule) {
        return new RulePack(rule.category().wireName(), rule.category(), List.of(rule));
    }

    private RulePlaces places(Rule rule) {
        return Objects.requireNonNull(review.places().get(rule.id()), "every rule that was read has a place");
    }

    private void error(Rule rule, int line, String reason) {
        errors.add(places(rule).file() + ":" + line + ": " + reason);
    }
}
