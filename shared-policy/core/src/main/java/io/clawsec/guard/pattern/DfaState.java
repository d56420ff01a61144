package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a state of a {@link LazyDfa} is: the nodes it stands for, what was read last, and what ended before that.
 * Immutable.
 */
final class DfaState {

    private final int[] nodes;
    private final YoungMatches young;
    private final int[] ended;
    private final long[] alive;
    private final int hash;

    /**
     * A state.
     *
     * @param nodes what the matches longer than a character can be at, in order
     * @param young the others, of the same automaton's own
     * @param ended the patterns of which a match ended before the last character, in order
     */
    DfaState(int[] nodes, YoungMatches young, int[] ended, Automaton automaton) {
        this.nodes = nodes;
        this.young = young;
        this.ended = ended;
        this.hash = (31 * Arrays.hashCode(nodes) + Arrays.hashCode(ended)) * 31 + young.hashCode();
        this.alive = new long[(automaton.patterns() >>> 6) + 1];
        for (int node : nodes) {
            int pattern = automaton.patternOf(node);
            alive[pattern >>> 6] |= 1L << pattern;
        }
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
        return new DfaState(own, none, new int[0], automaton);
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
