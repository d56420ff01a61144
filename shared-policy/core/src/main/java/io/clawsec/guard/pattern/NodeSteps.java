package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;

/** One step of a set of nodes: which nodes a character leads to, and which patterns ended before it. Not for several threads. */
final class NodeSteps {

    private final Automaton automaton;
    private final Alphabet alphabet;

    private final NodeSet reached;

    /** The step in which a condition was last passed. */
    private final int[] passedIn;

    private int step;
    private int[] ended = new int[8];
    private int endedCount;
    private int[] waiting = new int[64];
    private int waitingCount;

    private Neighbour before = Neighbour.NOTHING;
    private Neighbour after = Neighbour.NOTHING;
    private long[] sets = new long[0];

    NodeSteps(Automaton automaton) {
        this.automaton = automaton;
        this.alphabet = automaton.alphabet();
        this.reached = new NodeSet(automaton.nodes());
        this.passedIn = new int[automaton.nodes()];
    }

    /** Starts a step over a character of the class, which may be the text's end. */
    void begin(Neighbour standingBefore, int ofClass) {
        before = standingBefore;
        after = alphabet.neighbour(ofClass);
        sets = alphabet.setsOf(ofClass);
        step++;
        endedCount = 0;
    }

    /** Takes the step from each of the nodes. */
    void takeAll(int[] nodes) {
        for (int node : nodes) {
            take(node);
        }
        while (waitingCount > 0) {
            take(waiting[--waitingCount]);
        }
    }

    private void take(int node) {
        int symbol = automaton.symbol(node);
        if (symbol >= 0) {
            if (Bits.has(sets, symbol)) {
                int only = automaton.only(node);
                if (only >= 0) {
                    reached.add(only);
                } else {
                    reached.addAll(automaton.follow(node));
                }
            }
        } else if (symbol == NodeBuilder.ACCEPT) {
            end(automaton.patternOf(node));
        } else if (passedIn[node] != step && NodeBuilder.assertion(symbol).holds(before, after)) {
            passedIn[node] = step;
            for (int next : automaton.follow(node)) {
                waiting = withRoom(waiting, waitingCount);
                waiting[waitingCount++] = next;
            }
        }
    }

    /** Adds what the character makes of other matches. */
    void add(YoungMatches.Reached others) {
        reached.addAll(others.nodes());
        for (int pattern : others.ended()) {
            end(pattern);
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

    /** What was reached, and what ended; a step begins anew. */
    YoungMatches.Reached finish() {
        int[] patterns = Arrays.copyOf(ended, endedCount);
        Arrays.sort(patterns);
        return new YoungMatches.Reached(reached.takeAll(), patterns);
    }

    private static int[] withRoom(int[] list, int count) {
        return count < list.length ? list : Arrays.copyOf(list, 2 * count);
    }
}
