package io.clawsec.guard.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Several patterns as one nondeterministic automaton. Immutable.
 *
 * <p>It lets through all that the patterns match, and a little more: long or large repeats are loops, so that no text
 * can spread over the counts. What it lets through is confirmed.
 */
final class Automaton {

    private int[] symbol;
    private int[] patternOf;
    private int[][] follow;
    /** What follows each node, or -1 where that is not one node. */
    private final int[] only;

    private int nodes;
    /** For each pattern the nodes it begins with. */
    private final int[][] start;

    private final CharacterSets sets = new CharacterSets();
    private final Alphabet alphabet;
    private final Queue<NodeSteps> idleSteps = new ConcurrentLinkedQueue<>();

    Automaton(List<Regex> patterns) {
        NodeBuilder builder = new NodeBuilder(sets, false);
        this.start = new int[patterns.size()][];
        int[] end = new int[start.length];
        for (int pattern = 0; pattern < start.length; pattern++) {
            start[pattern] = builder.add(patterns.get(pattern));
            end[pattern] = builder.nodes();
        }
        this.symbol = builder.symbols();
        this.follow = builder.follows();
        this.nodes = symbol.length;
        this.patternOf = new int[nodes];
        for (int pattern = 1; pattern < start.length; pattern++) {
            Arrays.fill(patternOf, end[pattern - 1], end[pattern], pattern);
        }
        int[] beginnings = new int[nodes];
        int[] seconds = new int[nodes];
        for (int pattern = 0; pattern < start.length; pattern++) {
            tellYoungApart(pattern, beginnings, seconds);
        }
        this.only = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            only[node] = follow[node].length == 1 ? follow[node][0] : -1;
        }
        this.alphabet = new Alphabet(sets.all());
    }

    /**
     * Gives a pattern's beginning nodes of its own, and what follows its first character: a match of one character is
     * at nodes where no longer one can be.
     *
     * @param beginnings the copy of each node as a beginning, 0 where there is none yet; no two patterns share a node
     * @param seconds likewise as what follows a first character
     */
    private void tellYoungApart(int pattern, int[] beginnings, int[] seconds) {
        int ownNodes = nodes;
        start[pattern] = copies(start[pattern], beginnings);
        for (int node = ownNodes; node < nodes; node++) {
            if (symbol[node] < 0) {
                follow[node] = copies(follow[node], beginnings); // adds nodes, which this loop comes to
            }
        }
        int beginningsEnd = nodes;
        for (int node = ownNodes; node < beginningsEnd; node++) {
            if (symbol[node] >= 0) {
                follow[node] = copies(follow[node], seconds);
            }
        }
    }

    private int[] copies(int[] originals, int[] known) {
        int[] copies = new int[originals.length];
        for (int i = 0; i < copies.length; i++) {
            int original = originals[i];
            if (known[original] == 0) {
                known[original] = copy(original);
            }
            copies[i] = known[original];
        }
        return copies;
    }

    private int copy(int node) {
        if (nodes == symbol.length) {
            symbol = Arrays.copyOf(symbol, 2 * nodes);
            patternOf = Arrays.copyOf(patternOf, 2 * nodes);
            follow = Arrays.copyOf(follow, 2 * nodes);
        }
        symbol[nodes] = symbol[node];
        patternOf[nodes] = patternOf[node];
        follow[nodes] = follow[node];
        return nodes++;
    }

    /** Room for one step, which {@link #giveBack} takes again: it is as large as the automaton, and needed for an instant. */
    NodeSteps borrow() {
        NodeSteps idle = idleSteps.poll();
        return idle == null ? new NodeSteps(this) : idle;
    }

    void giveBack(NodeSteps steps) {
        idleSteps.add(steps);
    }

    int patterns() {
        return start.length;
    }

    int nodes() {
        return nodes;
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

    /** The one node that may come next, -1 where there are more or none. */
    int only(int node) {
        return only[node];
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
