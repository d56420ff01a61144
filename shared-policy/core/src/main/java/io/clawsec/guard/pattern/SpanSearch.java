package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;

/** The search for the spans of one pattern in one stretch of a text after the other. Not for several threads. */
final class SpanSearch {

    private final int pattern;
    private final PikeMatcher matcher;
    private final PatternSet.Sink sink;
    private final WorkBound work;

    /** Whether the sink has taken a match that goes on. */
    private boolean extending;

    SpanSearch(int pattern, PikeMatcher matcher, PatternSet.Sink sink, WorkBound work) {
        this.pattern = pattern;
        this.matcher = matcher;
        this.sink = sink;
        this.work = work;
    }

    /** Starts at the beginning of a stretch. */
    void begin(CharSequence text, int base, int from) {
        Neighbour before = from == 0 ? Neighbour.NOTHING : Neighbour.of(text.charAt(from - 1 - base));
        matcher.begin(from, before);
    }

    /**
     * Goes on while the stretch goes on.
     *
     * @param known up to where the text is known and the stretch reaches
     */
    void advance(CharSequence text, int base, int known) {
        go(text, base, known, false, Integer.MAX_VALUE);
    }

    /**
     * Goes on to the end of the stretch.
     *
     * @param known up to where the text is known, a character past the stretch unless it ends there
     * @param ended whether the text ends there
     * @param to the stretch's end
     */
    void finish(CharSequence text, int base, int known, boolean ended, int to) {
        go(text, base, known, ended, to);
    }

    private void go(CharSequence text, int base, int known, boolean ended, int last) {
        while (matcher.advance(text, base, known, ended, last) && matcher.matched()) {
            work.take(matcher.takeSteps());
            if (matcher.goesOn()) {
                decided(text, base);
            } else if (extending) {
                extending = false;
                sink.extended(pattern, matcher.start(), matcher.end());
                begin(text, base, matcher.matchEnd());
            } else {
                ended(text, base);
            }
        }
        work.take(matcher.takeSteps());
    }

    /** A match has come to its bound: what was read of it is judged now, and all that it goes on to is of it. */
    private void decided(CharSequence text, int base) {
        extending = sink.found(pattern, matcher.start(), matcher.end());
        if (!extending) {
            begin(text, base, matcher.at());
        }
    }

    private void ended(CharSequence text, int base) {
        boolean passedOver = matcher.start() < 0;
        boolean taken = passedOver || sink.found(pattern, matcher.start(), matcher.end());
        begin(
                text,
                base,
                taken ? matcher.matchEnd() : TurnedDown.resume(text, base, matcher.matchStart(), matcher.matchEnd()));
    }

    /** The first place of which it is not known whether a match takes it. */
    int undecidedFrom() {
        return Math.min(matcher.at(), matcher.undecidedFrom());
    }
}
