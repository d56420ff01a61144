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
    private final boolean quiet;

    /** So many of the first groups come from those before, in order, from one of them on. */
    private final int kept;

    private final int keptFrom;

    /**
     * A step.
     *
     * @param from the state before
     * @param origins where each group of the new state comes from
     * @param accepted the origin of the match that ended before the character, or {@link #NONE}
     */
    MatchStep(MatchState from, MatchState to, int[] origins, int accepted) {
        this.cost = costFrom(from);
        this.to = to;
        this.origins = origins;
        this.accepted = accepted;
        int first = origins.length == 0 ? NONE : group(origins[0]);
        int count = 0;
        while (first >= 0 && count < origins.length && origins[count] == origin(first + count)) {
            count++;
        }
        this.kept = count;
        this.keptFrom = count == 0 ? 0 : first;
        this.even = count == origins.length && keptFrom == 0;
        this.quiet = accepted == NONE && from.isEmpty() == to.isEmpty();
    }

    /** What a step from the state costs: its threads, and one. */
    static int costFrom(MatchState from) {
        return 1 + from.size();
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

    /** Its work. */
    int cost() {
        return cost;
    }

    int accepted() {
        return accepted;
    }

    /** How many of the first groups come from those before without a change, in order. */
    int kept() {
        return kept;
    }

    /** The group before from which on they come. */
    int keptFrom() {
        return keptFrom;
    }

    /** Whether every group keeps its number, and nothing begins or ends here. */
    boolean isEven() {
        return even;
    }

    /** Whether no match ends before it, and it neither begins the first match nor ends the last. */
    boolean isQuiet() {
        return quiet;
    }

    /** Whether it changes nothing at all. */
    boolean isStill(MatchState from) {
        return to == from && even && quiet;
    }
}
