package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the matches that are one character long can be at. There are few such sets, for each is a matter of two
 * characters, but most states have many of their nodes from one; so it is known by heart what the next character makes
 * of them. Safe for any number of threads.
 */
final class YoungMatches {

    private static final Reached NOTHING = new Reached(new int[0], new int[0]);

    private final int[] nodes;
    private final Neighbour before;
    private final int hash;

    /** What a character of each of the first classes makes of them, where it was asked. */
    private final @Nullable Reached[] reached;

    /**
     * Matches at the nodes.
     *
     * @param before what was read last
     * @param remembered of so many of the first classes it remembers what they make of the matches
     */
    YoungMatches(int[] nodes, Neighbour before, int remembered) {
        this.nodes = nodes;
        this.before = before;
        this.hash = 31 * Arrays.hashCode(nodes) + before.ordinal();
        this.reached = new Reached[nodes.length == 0 ? 0 : remembered];
    }

    /**
     * What a character makes of matches.
     *
     * @param nodes what they are at behind it, in order
     * @param ended the patterns of those that ended before it, in order
     */
    record Reached(int[] nodes, int[] ended) {}

    boolean isEmpty() {
        return nodes.length == 0;
    }

    int[] nodes() {
        return nodes;
    }

    Neighbour before() {
        return before;
    }

    /** The step over a character of the class; the steps are the caller's own. Two threads may make one at once. */
    Reached step(int symbolClass, NodeSteps steps) {
        if (nodes.length == 0) {
            return NOTHING;
        }
        Reached known = symbolClass < reached.length ? reached[symbolClass] : null;
        if (known == null) {
            steps.begin(before, symbolClass);
            steps.takeAll(nodes);
            known = steps.finish();
            if (symbolClass < reached.length) {
                reached[symbolClass] = known;
            }
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof YoungMatches that && before == that.before && Arrays.equals(nodes, that.nodes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
