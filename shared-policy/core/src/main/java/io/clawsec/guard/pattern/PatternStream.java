package io.clawsec.guard.pattern;

import java.util.HashMap;
import java.util.Map;

/**
 * The scan of a text that comes in pieces. Not for several threads.
 *
 * <p>Its matches are those of {@link PatternSet#scan}, whatever the pieces are; only their order differs.
 */
public final class PatternStream {

    private final DfaScan scan;
    private final AutomatonPatternSet set;
    private final PatternSet.Sink sink;
    private final WorkBound work = new WorkBound();

    /** The searches in the stretches that are open. */
    private final Map<Integer, SpanSearch> running = new HashMap<>();

    /** The text from the place {@link #base} on; what is before is forgotten. */
    private final StringBuilder text = new StringBuilder();

    private int base;

    PatternStream(DfaScan scan, AutomatonPatternSet set, PatternSet.Sink sink) {
        this.scan = scan;
        this.set = set;
        this.sink = sink;
    }

    /** Reads the next piece, reporting the matches that are certain now. */
    public void append(String piece) {
        text.append(piece);
        work.allow(piece.length());
        scan.see(text, base);
        scan.append(piece);
        finishClosed(base + text.length(), false);
        Hits open = scan.open();
        for (int i = 0; i < open.size(); i++) {
            search(open.pattern(i), open.from(i)).advance(text, base, scan.at());
        }
        forget();
    }

    /** Reads the end of the text, reporting the matches that are left. */
    public void finish() {
        scan.finish();
        finishClosed(base + text.length(), true);
    }

    private void finishClosed(int known, boolean ended) {
        Hits closed = scan.closed();
        for (int i = 0; i < closed.size(); i++) {
            search(closed.pattern(i), closed.from(i)).finish(text, base, known, ended, closed.to(i));
            running.remove(closed.pattern(i));
        }
        closed.clear();
    }

    private SpanSearch search(int pattern, int from) {
        SpanSearch search = running.get(pattern);
        if (search == null) {
            search = set.newSearch(pattern, sink, work);
            search.begin(text, base, from);
            running.put(pattern, search);
        }
        return search;
    }

    /** The first place that a match which is not reported yet may take; no match to come begins before it. */
    public int undecidedFrom() {
        int from = scan.undecidedFrom();
        for (SpanSearch search : running.values()) {
            from = Math.min(from, search.undecidedFrom());
        }
        return from;
    }

    private void forget() {
        int decided = undecidedFrom();
        scan.forget(decided);
        int gone = decided - 2 - base; // a whole character before the place stays, for what stands before it counts
        if (gone > text.length() / 2) {
            text.delete(0, gone);
            base += gone;
            scan.see(text, base);
        }
    }
}
