package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.TextView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A confirmed match on its way to a finding.
 *
 * @param rule the rule that fired
 * @param action what it leads to at this stage
 * @param start first character of the span
 * @param end one past the last
 */
record Candidate(Rule rule, Action action, int start, int end) {

    static final Comparator<Candidate> BY_PLACE = Comparator.comparingInt(Candidate::start)
            .thenComparingInt(Candidate::end)
            .thenComparing(candidate -> candidate.rule().id());

    /** Who names a span that several share: what blocks, then the worst, the longest, the earliest. */
    private static final Comparator<Candidate> BY_PRECEDENCE = Comparator.comparing(Candidate::action)
            .thenComparing(candidate -> candidate.rule().severity(), Comparator.reverseOrder())
            .thenComparing(Candidate::length, Comparator.reverseOrder())
            .thenComparing(BY_PLACE);

    int length() {
        return end - start;
    }

    /** Whether a span that both share is named by this one. */
    boolean precedes(Candidate other) {
        return BY_PRECEDENCE.compare(this, other) < 0;
    }

    boolean enforced() {
        return action != Action.MONITOR;
    }

    /** The same, of another span. */
    Candidate at(int otherStart, int otherEnd) {
        return new Candidate(rule, action, otherStart, otherEnd);
    }

    /** The span of the original text that carried this span of a view. */
    Candidate in(TextView view) {
        return at(view.originalStart(start, end), view.originalEnd(start, end));
    }

    /** Whether the other went into this one when they were merged. */
    boolean covers(Candidate other) {
        return enforced() == other.enforced() && start <= other.start && other.end <= end;
    }

    /**
     * One candidate for each run of overlapping ones: the span of all, under the name of the first by precedence. What
     * is only monitored never hides or widens what is enforced.
     */
    static List<Candidate> merge(List<Candidate> candidates) {
        List<Candidate> merged = new ArrayList<>();
        merge(candidates.stream().filter(Candidate::enforced).sorted(BY_PLACE).toList(), merged);
        merge(candidates.stream().filter(c -> !c.enforced()).sorted(BY_PLACE).toList(), merged);
        merged.sort(BY_PLACE);
        return merged;
    }

    private static void merge(List<Candidate> sorted, List<Candidate> merged) {
        int at = 0;
        while (at < sorted.size()) {
            Candidate first = sorted.get(at);
            Candidate winner = first;
            int end = first.end;
            for (at++; at < sorted.size() && sorted.get(at).start < end; at++) {
                Candidate next = sorted.get(at);
                winner = BY_PRECEDENCE.compare(next, winner) < 0 ? next : winner;
                end = Math.max(end, next.end);
            }
            merged.add(new Candidate(winner.rule, winner.action, first.start, end));
        }
    }
}
