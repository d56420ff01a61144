package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.Validator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * The matches in one view of a text on their way to findings: confirmed by validator as they come, by context and placeholders
 * once the text round them is known. Not for several threads.
 */
final class Candidates {

    /** Matches that one text may hold; past it the guard has met something it was not made for. */
    static final int MAX_MATCHES = 200_000;

    private final CompiledRules rules;
    private final Function<Rule, Action> actions;
    private final boolean injectionsOnly;
    private final RedactedSpans redacted = new RedactedSpans();
    private final List<Candidate> certain = new ArrayList<>();
    private final List<Candidate> ambiguous = new ArrayList<>();
    private final List<Candidate> settled = new ArrayList<>();
    private int taken;

    private final ContextCheck context;

    /**
     * No matches yet.
     *
     * @param actions what a rule leads to at this stage
     * @param injectionsOnly whether the view shows instructions only, so that other rules' matches mean nothing
     */
    Candidates(CompiledRules rules, Function<Rule, Action> actions, boolean injectionsOnly) {
        this.rules = rules;
        this.actions = actions;
        this.injectionsOnly = injectionsOnly;
        this.context = new ContextCheck(rules.contextGate());
    }

    /**
     * Whether a match of the pattern could count, as far as is known.
     *
     * @param text all of it
     * @param characters how many would have to be looked at
     */
    boolean mayCount(CharSequence text, int pattern, int characters) {
        if (rules.isPlaceholder(pattern)) {
            return true;
        }
        Rule rule = rules.ruleOfPattern().get(pattern);
        return isJudged(rule) && context.mayCount(rule, text, characters);
    }

    private boolean isJudged(Rule rule) {
        return !injectionsOnly || rule.category() == Category.INJECTION;
    }

    /**
     * Takes a match, unless its validator turns it down.
     *
     * @param text what is known of the text
     * @param base the place of its first character
     */
    boolean take(CharSequence text, int base, int pattern, int start, int end) {
        if (rules.isPlaceholder(pattern)) {
            context.placeholder(redacted.addPlaceholder(
                    start, end, text.subSequence(start - base, end - base).toString()));
            return true;
        }
        Rule rule = rules.ruleOfPattern().get(pattern);
        if (!isJudged(rule)) {
            return true;
        }
        if (rule.validator() != Validator.NONE
                && !rule.validator()
                        .confirms(text.subSequence(start - base, end - base).toString())) {
            return false;
        }
        if (++taken > MAX_MATCHES) {
            throw new GuardUnavailableException("the guard passed its bound of matches in one text", null);
        }
        context.taken(rule);
        (rule.context().isEmpty() ? certain : ambiguous).add(new Candidate(rule, actions.apply(rule), start, end));
        return true;
    }

    /** Tells that a match goes on past the end with which it was taken. */
    void extend(int pattern, int start, int end) {
        if (rules.isPlaceholder(pattern)) {
            return;
        }
        Rule rule = rules.ruleOfPattern().get(pattern);
        List<Candidate> list = rule.context().isEmpty() ? certain : ambiguous;
        for (int i = list.size() - 1; i >= 0; i--) {
            Candidate candidate = list.get(i);
            if (candidate.start() == start && candidate.rule().equals(rule)) {
                list.set(i, new Candidate(rule, candidate.action(), start, Math.max(end, candidate.end())));
                return;
            }
        }
    }

    /**
     * Settles what can be settled.
     *
     * @param text what is known of the text
     * @param base the place of its first character
     * @param decided the place before which no match to come begins, past the end where the text has ended
     * @return the place up to which all is settled
     */
    int settle(CharSequence text, int base, int decided) {
        int open = decided;
        List<Candidate> all = List.copyOf(certain);
        certain.clear();
        for (Candidate candidate : all) {
            if (candidate.end() > decided) {
                open = Math.min(open, candidate.start());
                certain.add(candidate);
            } else {
                keep(candidate);
            }
        }
        Collections.sort(ambiguous);
        int done = 0;
        while (done < ambiguous.size() && ambiguous.get(done).end() + Rule.CONTEXT_CHARACTERS <= open) {
            Candidate candidate = ambiguous.get(done++);
            if (hasContext(candidate, text, base)) {
                keep(candidate);
            }
        }
        ambiguous.subList(0, done).clear();
        return ambiguous.isEmpty() ? open : Math.min(open, ambiguous.get(0).start());
    }

    /** A match inside a placeholder is part of it. */
    private void keep(Candidate candidate) {
        if (!redacted.inPlaceholder(candidate.start(), candidate.end())) {
            settled.add(candidate);
            if (candidate.enforced()) {
                redacted.add(candidate);
            }
        }
    }

    private boolean hasContext(Candidate candidate, CharSequence text, int base) {
        ContextWords words = rules.contextOf().get(candidate.rule().id());
        return words == null
                || redacted.hasContext(candidate.rule(), words, text, base, candidate.start(), candidate.end());
    }

    /** What was settled since the last call, in no particular order. */
    List<Candidate> takeSettled() {
        List<Candidate> taken = List.copyOf(settled);
        settled.clear();
        return taken;
    }

    /** The first place that is sure to be redacted and not settled yet, or the place given if that is before it. */
    int firstCertain(int place) {
        return certain.stream()
                .filter(candidate -> candidate.action() == Action.REDACT)
                .mapToInt(Candidate::start)
                .reduce(place, Math::min);
    }

    /** Forgets what no match to come can depend on: placeholders that end before the place. */
    void forget(int place) {
        redacted.forget(place);
    }
}
