package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;

/** One step of a set of nodes: which nodes a character leads to, and which patterns ended before it. Not for several threads. */
final class NodeSteps {

    private final Automaton automaton;
    private final Alphabet alphabet;

    /** The step in which a node was last reached, and in which a condition was last passed. */
    private final int[] reachedIn;

    private final int[] passedIn;
    private int step;

    private int[] reached = new int[64];
    private int reachedCount;
    private int[] ended = new int[8];
    private int endedCount;
    private int[] waiting = new int[64];
    private int waitingCount;

    private Neighbour before = Neighbour.NOTHING;
    private int symbolClass;

    NodeSteps(Automaton automaton) {
        this.automaton = automaton;
        this.alphabet = automaton.alphabet();
        this.reachedIn = new int[automaton.nodes()];
        this.passedIn = new int[automaton.nodes()];
    }

    /** Starts a step over a character of the class, which may be the text's end. */
    void begin(Neighbour standingBefore, int ofClass) {
        before = standingBefore;
        symbolClass = ofClass;
        step++;
        reachedCount = 0;
        endedCount = 0;
    }

    /** Takes the step from each of the nodes. */
    void takeAll(int[] nodes) {
        for (int node : nodes) {
            take(node);
            while (waitingCount > 0) {
                take(waiting[--waitingCount]);
            }
        }
    }

    private void take(int node) {
        int symbol = automaton.symbol(node);
        if (symbol >= 0) {
            if (symbolClass != alphabet.end() && alphabet.contains(symbol, symbolClass)) {
                reachAll(automaton.follow(node));
            }
        } else if (symbol == NodeBuilder.ACCEPT) {
            end(automaton.patternOf(node));
        } else if (passedIn[node] != step
                && NodeBuilder.assertion(symbol).holds(before, alphabet.neighbour(symbolClass))) {
            passedIn[node] = step;
            for (int next : automaton.follow(node)) {
                waiting = withRoom(waiting, waitingCount);
                waiting[waitingCount++] = next;
            }
        }
    }

    /** Adds nodes that are reached by the character. */
    void reachAll(int[] nodes) {
        for (int node : nodes) {
            if (reachedIn[node] != step) {
                reachedIn[node] = step;
                reached = withRoom(reached, reachedCount);
                reached[reachedCount++] = node;
            }
        }
    }

    private void end(int pattern) {
        for (int i = 0; i < endedCount; i++) {
            if (ended[i] == pattern) {
                return;
            }
        }
        ended = withRoom(ended, endedCount);
        ended[endedCount++] = pattern;
    }

    /** The nodes reached, in order of their numbers. */
    int[] reached() {
        int[] nodes = Arrays.copyOf(reached, reachedCount);
        Arrays.sort(nodes);
        return nodes;
    }

    /** The patterns that ended before the character, in order of their numbers. */
    int[] ended() {
        int[] patterns = Arrays.copyOf(ended, endedCount);
        Arrays.sort(patterns);
        return patterns;
    }

    private static int[] withRoom(int[] list, int count) {
        return count < list.length ? list : Arrays.copyOf(list, 2 * count);
    }
}
