package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The places in one pattern that matches are at, most preferred first, each once; and which of them belong together:
 * those of a group began at the same place and have their span at the same place. Where that is, who reads the text
 * knows. Groups are numbered as they first appear. Immutable but for the steps that are known from it.
 */
final class MatchState {

    private final int[] node;
    private final int[] group;
    private final int groups;
    private final Neighbour before;

    /** The steps known so far, by mode and class; null in a state that is not kept. A step is complete when it is seen. */
    private final @Nullable MatchStep @Nullable [] steps;

    /** The ASCII characters that are known to change nothing, by mode: below 64, and the others; losing some is no harm. */
    private final long[] still = new long[2 * MatchStates.Mode.values().length];

    /** A state that is looked for or used once. */
    MatchState(int[] node, int[] group, int groups, Neighbour before) {
        this(node, group, groups, before, null);
    }

    private MatchState(int[] node, int[] group, int groups, Neighbour before, @Nullable MatchStep @Nullable [] steps) {
        this.node = node;
        this.group = group;
        this.groups = groups;
        this.before = before;
        this.steps = steps;
    }

    /** The same state with room for so many steps. */
    MatchState kept(int room) {
        return new MatchState(node, group, groups, before, new MatchStep[room]);
    }

    boolean isKept() {
        return steps != null;
    }

    boolean isEmpty() {
        return node.length == 0;
    }

    int size() {
        return node.length;
    }

    int node(int thread) {
        return node[thread];
    }

    int group(int thread) {
        return group[thread];
    }

    int groups() {
        return groups;
    }

    /** What was read last. */
    Neighbour before() {
        return before;
    }

    /** The step, if it is known. */
    @Nullable
    MatchStep step(int place) {
        return steps == null ? null : steps[place];
    }

    /** Remembers a step to a state that is kept too. */
    void know(int place, MatchStep step) {
        if (steps != null) {
            steps[place] = step;
        }
    }

    /** Remembers that an ASCII character changes nothing. */
    void knowStill(MatchStates.Mode mode, int character) {
        still[2 * mode.ordinal() + (character >>> 6)] |= 1L << character;
    }

    /** The characters below 64 that are known to change nothing, as bits. */
    long stillLow(MatchStates.Mode mode) {
        return still[2 * mode.ordinal()];
    }

    /** Those from 64 to 127. */
    long stillHigh(MatchStates.Mode mode) {
        return still[2 * mode.ordinal() + 1];
    }

    /** The state of the most preferred places alone, those of the first groups. */
    MatchState first(int firstGroups) {
        int kept = 0;
        while (kept < node.length && group[kept] < firstGroups) {
            kept++;
        }
        return new MatchState(Arrays.copyOf(node, kept), Arrays.copyOf(group, kept), firstGroups, before);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MatchState that
                && before == that.before
                && Arrays.equals(node, that.node)
                && Arrays.equals(group, that.group);
    }

    @Override
    public int hashCode() {
        return (31 * Arrays.hashCode(node) + Arrays.hashCode(group)) * 31 + before.ordinal();
    }
}
