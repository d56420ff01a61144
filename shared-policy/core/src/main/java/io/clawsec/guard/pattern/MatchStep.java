package io.clawsec.guard.pattern;

/**
 * What a character does to a {@link MatchState}. Immutable.
 *
 * <p>Where a group comes from is an origin: the number of the group before, or that it begins here; and whether the span
 * begins here and whether it ends here.
 */
final class MatchStep {

    /** In the place of an origin: there is none. */
    static final int NONE = -1;

    private static final int HERE = 0;
    private static final int SPAN_START = 1;
    private static final int SPAN_END = 2;
    private static final int GROUP = 4;

    private final MatchState to;
    private final int[] origins;
    private final int accepted;
    private final int cost;
    private final boolean even;
    private final boolean plain;

    /**
     * A step.
     *
     * @param from the state before
     * @param origins where each group of the new state comes from
     * @param accepted the origin of the match that ended before the character, or {@link #NONE}
     */
    MatchStep(MatchState from, MatchState to, int[] origins, int accepted) {
        this.cost = 1 + from.size();
        this.to = to;
        this.origins = origins;
        this.accepted = accepted;
        boolean same = true;
        for (int i = 0; i < origins.length; i++) {
            same &= origins[i] == origin(i);
        }
        this.even = same;
        this.plain = same && accepted == NONE && from.isEmpty() == to.isEmpty();
    }

    /** The origin of what was in the group. */
    static int origin(int group) {
        return GROUP * (group + 1);
    }

    /** The origin of what begins here. */
    static int here() {
        return HERE;
    }

    static int spanStarting(int origin) {
        return origin | SPAN_START;
    }

    static int spanEnding(int origin) {
        return origin | SPAN_END;
    }

    /** The group of an origin, negative if it begins here. */
    static int group(int origin) {
        return origin / GROUP - 1;
    }

    static boolean startsSpan(int origin) {
        return (origin & SPAN_START) != 0;
    }

    static boolean endsSpan(int origin) {
        return (origin & SPAN_END) != 0;
    }

    MatchState to() {
        return to;
    }

    /** Where the group of the new state comes from. */
    int originOf(int group) {
        return origins[group];
    }

    /** The threads that it takes, counted as work, and one. */
    int cost() {
        return cost;
    }

    int accepted() {
        return accepted;
    }

    /** Whether every group keeps its number, and nothing begins or ends here. */
    boolean isEven() {
        return even;
    }

    /** Whether it is even, no match ends before it, and it neither begins the first match nor ends the last. */
    boolean isPlain() {
        return plain;
    }
}
