package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternStream;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import java.util.List;
import java.util.function.Function;

/** The scan of one view of a text that arrives in pieces. Not for several threads. */
final class ViewScan {

    /** Characters before a match that may decide about it: context, one character round it, and a placeholder. */
    static final int LOOK_BEHIND = 2 * Rule.CONTEXT_CHARACTERS;

    private final Candidates candidates;
    private final PatternStream patterns;

    /** The view from the place {@link #base} on. */
    private final StringBuilder view = new StringBuilder();

    private int base;
    private int settled;

    ViewScan(CompiledRules rules, Function<Rule, Action> actions) {
        this.candidates = new Candidates(rules, actions, false);
        this.patterns = rules.patterns().stream(new CandidateSink(candidates, view, () -> base));
    }

    /** Takes the next characters of the view; returns the place up to which all is settled. */
    int append(String seen) {
        if (!seen.isEmpty()) {
            view.append(seen);
            patterns.append(seen);
            settled = candidates.settle(view, base, patterns.undecidedFrom());
            forget();
        }
        return settled;
    }

    /** Takes the end of the view, which settles the rest. */
    void finish() {
        patterns.finish();
        candidates.settle(view, base, Integer.MAX_VALUE);
    }

    /** What was settled since the last call, as spans of the view. */
    List<Candidate> takeSettled() {
        return candidates.takeSettled();
    }

    /** The first place that is sure to be redacted and not settled yet, or the place given if that is before it. */
    int firstCertain(int place) {
        return candidates.firstCertain(place);
    }

    private void forget() {
        int gone = settled - LOOK_BEHIND - base;
        if (gone > view.length() / 2) {
            view.delete(0, gone);
            base += gone;
            candidates.forget(base);
        }
    }
}
