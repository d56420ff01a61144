package io.clawsec.guard.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Several patterns as one nondeterministic automaton. Immutable.
 *
 * <p>It lets through all that the patterns match, and a little more: long or large repeats are loops, so that no text
 * can spread over the counts. What it lets through is confirmed.
 */
final class Automaton {

    private final int[] symbol;
    private final int[] patternOf;
    private final int[][] follow;
    /** For each pattern the nodes it begins with. */
    private final int[][] start;

    /** Nodes that only a match one character long can be at. */
    private final BitSet young;

    private final CharacterSets sets = new CharacterSets();
    private final Alphabet alphabet;

    Automaton(List<Regex> patterns) {
        NodeBuilder builder = new NodeBuilder(sets::number, false);
        this.start = new int[patterns.size()][];
        int[] end = new int[start.length];
        for (int pattern = 0; pattern < start.length; pattern++) {
            start[pattern] = builder.add(patterns.get(pattern));
            end[pattern] = builder.nodes();
        }
        this.symbol = builder.symbols();
        this.follow = builder.follows();
        this.patternOf = new int[symbol.length];
        for (int pattern = 1; pattern < start.length; pattern++) {
            Arrays.fill(patternOf, end[pattern - 1], end[pattern], pattern);
        }
        this.young = young();
        this.alphabet = new Alphabet(sets.all());
    }

    /** The nodes that are reached by a first character and by no later one. */
    private BitSet young() {
        BitSet first = new BitSet();
        for (int[] entry : start) {
            addThroughConditions(entry, first);
        }
        BitSet found = followers(first);
        BitSet grown = throughConditions(found);
        BitSet old = followers(grown);
        int size = -1;
        while (old.cardinality() > size) {
            size = old.cardinality();
            old.or(followers(throughConditions(old)));
        }
        found.andNot(old);
        return found;
    }

    /** The nodes that a character leads to from any of the given. */
    private BitSet followers(BitSet nodes) {
        BitSet followers = new BitSet();
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            if (symbol[node] >= 0) {
                for (int next : follow[node]) {
                    followers.set(next);
                }
            }
        }
        return followers;
    }

    private BitSet throughConditions(BitSet nodes) {
        BitSet reached = new BitSet();
        addThroughConditions(nodes.stream().toArray(), reached);
        return reached;
    }

    private void addThroughConditions(int[] nodes, BitSet reached) {
        for (int node : nodes) {
            if (!reached.get(node)) {
                reached.set(node);
                if (symbol[node] < 0) {
                    addThroughConditions(follow[node], reached);
                }
            }
        }
    }

    int patterns() {
        return start.length;
    }

    int nodes() {
        return symbol.length;
    }

    /** The node's symbol, as {@link NodeBuilder} numbers them. */
    int symbol(int node) {
        return symbol[node];
    }

    int patternOf(int node) {
        return patternOf[node];
    }

    int[] follow(int node) {
        return follow[node];
    }

    /** Whether only a match that is one character long can be at the node. */
    boolean isYoung(int node) {
        return young.get(node);
    }

    int[] start(int pattern) {
        return start[pattern];
    }

    CharacterSets sets() {
        return sets;
    }

    Alphabet alphabet() {
        return alphabet;
    }
}
