package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The scan of one text: every match, confirmed by validator and context. */
final class TextScan {

    /** Matches that one text may hold; past it the guard has met something it was not made for. */
    static final int MAX_MATCHES = 200_000;

    private final String text;
    private final CompiledRules rules;
    private final Function<Rule, Action> actions;
    private final RedactedSpans redacted;
    private final List<Candidate> certain = new ArrayList<>();
    private final List<Candidate> ambiguous = new ArrayList<>();

    /**
     * Prepares a scan.
     *
     * @param text the view that the rules see
     * @param rules the rules
     * @param actions what a rule leads to at this stage
     */
    TextScan(String text, CompiledRules rules, Function<Rule, Action> actions) {
        this.text = text;
        this.rules = rules;
        this.actions = actions;
        this.redacted = new RedactedSpans(text);
    }

    /** Runs the rules and returns what they found, merged and in order. */
    List<Candidate> run() {
        rules.patterns()
                .scan(
                        text,
                        (pattern, start, end, judged) ->
                                take(rules.ruleOfPattern().get(pattern), start, end, judged));
        if (certain.isEmpty() && ambiguous.isEmpty()) {
            return List.of();
        }
        certain.stream().filter(Candidate::enforced).forEach(redacted::add);
        ambiguous.sort(Candidate.BY_PLACE);
        for (Candidate candidate : ambiguous) {
            if (hasContext(candidate)) {
                certain.add(candidate);
                if (candidate.enforced()) {
                    redacted.add(candidate);
                }
            }
        }
        return Candidate.merge(certain);
    }

    private boolean hasContext(Candidate candidate) {
        ContextWords words = rules.contextOf().get(candidate.rule().id());
        return words == null || redacted.hasContext(candidate.rule(), words, candidate.start(), candidate.end());
    }

    private boolean take(Rule rule, int start, int end, int judged) {
        if (redacted.contains(start, end)) {
            return false;
        }
        if (rule.validator() != Validator.NONE && !rule.validator().confirms(text.substring(start, judged))) {
            return false;
        }
        if (certain.size() + ambiguous.size() >= MAX_MATCHES) {
            throw new GuardUnavailableException("the guard passed its bound of matches in one text", null);
        }
        (rule.context().isEmpty() ? certain : ambiguous).add(new Candidate(rule, actions.apply(rule), start, end));
        return true;
    }

    /** The findings of one field, in order. */
    static List<Finding> findings(String field, List<Candidate> candidates) {
        return candidates.stream()
                .map(found -> new Finding(
                        found.rule().id(),
                        found.rule().category(),
                        found.action(),
                        field,
                        found.start(),
                        found.end(),
                        1.0))
                .toList();
    }

    /** The text with the spans to redact replaced; the candidates are merged and in order. */
    static Redaction redaction(GuardedText original, List<Candidate> candidates) {
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
