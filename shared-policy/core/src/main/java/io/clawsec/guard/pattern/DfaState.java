package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a state of a {@link LazyDfa} is: the nodes it stands for, what was read last, and what ended before that.
 * Immutable.
 */
final class DfaState {

    private static final long[] NONE = {};

    private final int[] nodes;
    private final YoungMatches young;
    private final int[] ended;
    /** None in a state that is looked for. */
    private final long[] alive;

    private final int hash;

    /**
     * A state to look for.
     *
     * @param nodes what the matches longer than a character can be at, in order
     * @param young the others, of the same automaton's own
     * @param ended the patterns of which a match ended before the last character, in order
     */
    DfaState(int[] nodes, YoungMatches young, int[] ended) {
        this.nodes = nodes;
        this.young = young;
        this.ended = ended;
        this.alive = NONE;
        this.hash = (31 * Arrays.hashCode(nodes) + Arrays.hashCode(ended)) * 31 + young.hashCode();
    }

    private DfaState(DfaState same, long[] alive) {
        this.nodes = same.nodes;
        this.young = same.young;
        this.ended = same.ended;
        this.alive = alive;
        this.hash = same.hash;
    }

    /** The same state, with what only one that is kept is asked for. */
    DfaState kept(Automaton automaton) {
        long[] patterns = new long[(automaton.patterns() >>> 6) + 1];
        for (int node : nodes) {
            int pattern = automaton.patternOf(node);
            patterns[pattern >>> 6] |= 1L << pattern;
        }
        return new DfaState(this, patterns);
    }

    int[] nodes() {
        return nodes;
    }

    YoungMatches young() {
        return young;
    }

    Neighbour before() {
        return young.before();
    }

    int[] ended() {
        return ended;
    }

    /** The patterns of which a match is longer than a character, as bits; not to be changed. */
    long[] alive() {
        return alive;
    }

    boolean isDead() {
        return nodes.length == 0 && young.isEmpty();
    }

    /** What it says of one pattern, for an automaton in which no match begins. */
    DfaState of(int pattern, YoungMatches none, Automaton automaton) {
        int[] all = Arrays.copyOf(nodes, nodes.length + young.nodes().length);
        System.arraycopy(young.nodes(), 0, all, nodes.length, young.nodes().length);
        int[] own = Arrays.stream(all)
                .filter(node -> automaton.patternOf(node) == pattern)
                .toArray();
        return new DfaState(own, none, new int[0]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DfaState that
                && hash == that.hash
                && young.equals(that.young)
                && Arrays.equals(nodes, that.nodes)
                && Arrays.equals(ended, that.ended);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
