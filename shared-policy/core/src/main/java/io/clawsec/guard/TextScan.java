package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.TextView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The scan of one text. */
final class TextScan {

    private TextScan() {}

    /**
     * Runs the rules on each view and returns what they found, merged and in order, as spans of the original text.
     *
     * @param actions what a rule leads to at this stage
     */
    static List<Candidate> run(List<TextView> views, CompiledRules rules, Function<Rule, Action> actions) {
        List<Candidate> found = new ArrayList<>();
        List<Candidate> mentions = new ArrayList<>();
        for (TextView view : views) {
            Candidates candidates = new Candidates(rules, actions, view.kind().injectionsOnly());
            rules.patterns().scan(view.text(), new CandidateSink(candidates, view.text(), () -> 0));
            candidates.settle(view.text(), 0, Integer.MAX_VALUE);
            for (Candidate candidate : candidates.takeSettled()) {
                (Mentions.isMention(candidate, view.text()) ? mentions : found).add(candidate.in(view));
            }
        }
        if (Mentions.count(found)) {
            found.addAll(mentions);
        }
        return Candidate.merge(found);
    }

    /** The findings of one field, in order. */
    static List<Finding> findings(String field, List<Candidate> candidates) {
        List<Finding> findings = new ArrayList<>();
        for (Candidate found : candidates) {
            Rule rule = found.rule();
            findings.add(
                    new Finding(rule.id(), rule.category(), found.action(), field, found.start(), found.end(), 1.0));
        }
        return findings;
    }

    /** The text with the spans to redact replaced; the candidates are merged and in order. */
    static Redaction redaction(GuardedText original, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return new Redaction(original.field(), original.text(), List.of());
        }
        StringBuilder text = new StringBuilder(original.text().length());
        List<String> placeholders = new ArrayList<>();
        int from = 0;
        for (Candidate candidate : candidates) {
            if (candidate.action() == Action.REDACT) {
                String placeholder = candidate.rule().placeholder();
                text.append(original.text(), from, candidate.start()).append(placeholder);
                from = candidate.end();
                if (!placeholders.contains(placeholder)) {
                    placeholders.add(placeholder);
                }
            }
        }
        text.append(original.text(), from, original.text().length());
        return new Redaction(original.field(), text.toString(), placeholders);
    }
}
