package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.TextView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A confirmed match on its way to a finding. Those of one text are in the order of their places.
 *
 * @param rule the rule that fired
 * @param action what it leads to at this stage
 * @param start first character of the span
 * @param end one past the last
 */
record Candidate(Rule rule, Action action, int start, int end) implements Comparable<Candidate> {

    @Override
    public int compareTo(Candidate other) {
        if (start != other.start) {
            return Integer.compare(start, other.start);
        }
        return end != other.end ? Integer.compare(end, other.end) : rule.id().compareTo(other.rule.id());
    }

    int length() {
        return end - start;
    }

    /** Whether a span that both share is named by this one: what blocks, then the worst, the longest, the earliest. */
    boolean precedes(Candidate other) {
        if (action != other.action) {
            return action.compareTo(other.action) < 0;
        }
        int bySeverity = rule.severity().compareTo(other.rule.severity());
        if (bySeverity != 0) {
            return bySeverity > 0;
        }
        return length() != other.length() ? length() > other.length() : compareTo(other) < 0;
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
        List<Candidate> enforced = new ArrayList<>();
        List<Candidate> monitored = new ArrayList<>();
        for (Candidate candidate : candidates) {
            (candidate.enforced() ? enforced : monitored).add(candidate);
        }
        List<Candidate> merged = new ArrayList<>();
        merge(enforced, merged);
        merge(monitored, merged);
        Collections.sort(merged);
        return merged;
    }

    private static void merge(List<Candidate> sorted, List<Candidate> merged) {
        Collections.sort(sorted);
        int at = 0;
        while (at < sorted.size()) {
            Candidate first = sorted.get(at);
            Candidate winner = first;
            int end = first.end;
            for (at++; at < sorted.size() && sorted.get(at).start < end; at++) {
                Candidate next = sorted.get(at);
                winner = next.precedes(winner) ? next : winner;
                end = Math.max(end, next.end);
            }
            merged.add(new Candidate(winner.rule, winner.action, first.start, end));
        }
    }
}
