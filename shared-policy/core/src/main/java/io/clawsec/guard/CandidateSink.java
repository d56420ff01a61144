package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import java.util.function.IntSupplier;

/**
 * Hands the matches of one text to its candidates.
 *
 * @param text what is known of the text
 * @param base the place of its first character
 */
record CandidateSink(Candidates candidates, CharSequence text, IntSupplier base) implements PatternSet.Sink {

    @Override
    public boolean mayCount(int pattern, int characters) {
        return candidates.mayCount(text, pattern, characters);
    }

    @Override
    public boolean found(int pattern, int start, int end) {
        return candidates.take(text, base.getAsInt(), pattern, start, end);
    }

    @Override
    public void extended(int pattern, int start, int end) {
        candidates.extend(pattern, start, end);
    }

    /** Shows nothing of the text. */
    @Override
    public String toString() {
        return "CandidateSink";
    }
}
