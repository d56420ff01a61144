package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import java.util.ArrayList;
import java.util.List;

/** What every view of one text has settled, as spans of the original, until it is given out. Not for several threads. */
final class SettledCandidates {

    private final List<Candidate> settled = new ArrayList<>();

    void add(Candidate candidate) {
        settled.add(candidate);
    }

    /** Those that end by the place, merged and in order; each is given once. */
    List<Candidate> upTo(int place) {
        if (settled.isEmpty()) {
            return List.of();
        }
        List<Candidate> given = new ArrayList<>();
        List<Candidate> merged = Candidate.merge(settled);
        for (Candidate candidate : merged) {
            if (candidate.end() <= place) {
                given.add(candidate);
            }
        }
        if (given.size() == merged.size()) {
            settled.clear();
        } else {
            settled.removeIf(candidate -> given.stream().anyMatch(run -> run.covers(candidate)));
        }
        return given;
    }

    /** Where the first of them begins that was not given yet, or the place given if that is before it. */
    int first(int place) {
        return settled.stream()
                .filter(Candidate::enforced)
                .mapToInt(Candidate::start)
                .reduce(place, Math::min);
    }

    /** Where the first of them begins that is to be redacted, or the place given if that is before it. */
    int firstRedacted(int place) {
        return settled.stream()
                .filter(candidate -> candidate.action() == Action.REDACT)
                .mapToInt(Candidate::start)
                .reduce(place, Math::min);
    }
}
