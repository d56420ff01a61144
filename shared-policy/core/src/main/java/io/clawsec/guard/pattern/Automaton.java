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
        BitSet first = new BitSet(symbol.length);
        for (int[] entry : start) {
            addThroughConditions(entry, first);
        }
        BitSet found = new BitSet(symbol.length);
        addFollowers(first, found);
        BitSet second = new BitSet(symbol.length);
        addThroughConditions(found, second);
        BitSet old = new BitSet(symbol.length);
        addFollowers(second, old);
        // What is old leads on to what is old: each node is gone through once.
        BitSet through = new BitSet(symbol.length);
        int[] waiting = new int[symbol.length + 1];
        int count = 0;
        for (int node = old.nextSetBit(0); node >= 0; node = old.nextSetBit(node + 1)) {
            waiting[count++] = node;
            through.set(node);
        }
        while (count > 0) {
            int node = waiting[--count];
            for (int next : follow[node]) {
                if (symbol[node] >= 0) {
                    old.set(next);
                }
                if (!through.get(next)) {
                    through.set(next);
                    waiting[count++] = next;
                }
            }
        }
        found.andNot(old);
        return found;
    }

    /** Adds the nodes that a character leads to from any of the given. */
    private void addFollowers(BitSet nodes, BitSet followers) {
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            if (symbol[node] >= 0) {
                for (int next : follow[node]) {
                    followers.set(next);
                }
            }
        }
    }

    private void addThroughConditions(BitSet nodes, BitSet reached) {
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            addThroughConditions(node, reached);
        }
    }

    private void addThroughConditions(int[] nodes, BitSet reached) {
        for (int node : nodes) {
            addThroughConditions(node, reached);
        }
    }

    private void addThroughConditions(int node, BitSet reached) {
        if (!reached.get(node)) {
            reached.set(node);
            if (symbol[node] < 0) {
                addThroughConditions(follow[node], reached);
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
