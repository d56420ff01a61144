package io.clawsec.guard.text;

/** The parts of a long text round its signs of disguises. Not for several threads. */
final class Parts {

    private final TextView view;
    private final String text;
    private final Signs signs;
    /** The segments of which nothing is left to do. */
    private final boolean[] done;

    Parts(TextView view, Signs signs) {
        this.view = view;
        this.text = view.text();
        this.signs = signs;
        this.done = new boolean[signs.segments()];
    }

    /** What is done with a part. */
    @FunctionalInterface
    interface Work {

        /** Whether nothing is left to do in it; the signs are those of the segments that it was made for. */
        boolean isDone(TextView part, int signs);
    }

    /** Shows each part in which a segment has one of the signs, unless nothing is left to do there. */
    void each(int wanted, Work work) {
        int from = 0;
        int to = 0;
        int found = 0;
        for (int segment = 0; segment < done.length; segment++) {
            int own = done[segment] ? 0 : signs.between(segment, segment + 1);
            if ((own & wanted) == 0) {
                continue;
            }
            int start = start(segment, own, to);
            if (start > to) {
                show(from, to, found, work);
                from = start;
                found = 0;
            }
            found |= own;
            int end = Math.min(text.length(), (segment + 2) * Signs.SEGMENT);
            to = end > to ? blank(end, 1) : to;
        }
        show(from, to, found, work);
    }

    private void show(int from, int to, int found, Work work) {
        if (from < to && work.isDone(view.part(from, to), found)) {
            int firstWhole = (from + Signs.SEGMENT - 1) / Signs.SEGMENT;
            int end = to == text.length() ? done.length : to / Signs.SEGMENT;
            for (int segment = firstWhole; segment < end; segment++) {
                done[segment] = true;
            }
        }
    }

    /**
     * A segment before the signs, and before the blanks that push them away from what is before; or a place up to the
     * given one if that is behind it.
     */
    private int start(int segment, int found, int before) {
        int start = segment * Signs.SEGMENT;
        while ((found & Signs.PADDED) != 0 && start > before && CharacterKind.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        start -= Signs.SEGMENT;
        return start > before ? blank(start, -1) : before;
    }

    /** The next blank from the place on: what may be one escape or one payload is not cut. */
    private int blank(int place, int direction) {
        int at = place;
        while (at > 0 && at < text.length() && !CharacterKind.isWhitespace(text.charAt(at))) {
            at += direction;
        }
        return at;
    }
}
