package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.HashMap;
import java.util.Map;

/**
 * An automaton made deterministic as texts ask for it: a state is the set of nodes that some match begun earlier could
 * be at (Thompson, "Regular expression search algorithm", 1968; Cox, "Regular Expression Matching in the Wild", 2010).
 * Matches may begin everywhere. Safe for any number of threads.
 *
 * <p>States are kept in a {@link StateCache}; one that is full is replaced whole, and scans that run on it end there.
 */
final class LazyDfa {

    private final Automaton automaton;
    private final Alphabet alphabet;
    private final int[] starts;
    private final int maxCells;

    /** What matches that begin at a place are at after one character, by what stands before the place and the class. */
    private final YoungMatches[] begun;

    /** The same, each once. */
    private final Map<YoungMatches, YoungMatches> distinct = new HashMap<>();

    private volatile StateCache cache;

    /**
     * The automaton's patterns from first to last.
     *
     * @param maxCells steps that may be kept, four bytes each
     */
    LazyDfa(Automaton automaton, int firstPattern, int lastPattern, int maxCells) {
        this.automaton = automaton;
        this.alphabet = automaton.alphabet();
        this.maxCells = maxCells;
        this.starts = starts(automaton, firstPattern, lastPattern);
        this.begun = new YoungMatches[Neighbour.values().length * alphabet.size()];
        this.cache = new StateCache(this, maxCells);
    }

    private static int[] starts(Automaton automaton, int firstPattern, int lastPattern) {
        int count = 0;
        for (int pattern = firstPattern; pattern <= lastPattern; pattern++) {
            count += automaton.start(pattern).length;
        }
        int[] starts = new int[count];
        for (int pattern = lastPattern; pattern >= firstPattern; pattern--) {
            int[] own = automaton.start(pattern);
            count -= own.length;
            System.arraycopy(own, 0, starts, count, own.length);
        }
        return starts;
    }

    StateCache cache() {
        return cache;
    }

    /** An empty cache that nobody else knows. */
    StateCache newCache(int cells) {
        return new StateCache(this, cells);
    }

    /** Puts an empty cache in the place of one that is full. */
    synchronized void replace(StateCache full) {
        if (cache == full) {
            cache = new StateCache(this, maxCells);
        }
    }

    Automaton automaton() {
        return automaton;
    }

    Alphabet alphabet() {
        return alphabet;
    }

    /** What matches that begin here are at after one character; the steps are the caller's own. */
    @SuppressWarnings("NullAway") // an element is null until it is needed
    synchronized YoungMatches begun(Neighbour before, int symbolClass, NodeSteps steps) {
        int place = before.ordinal() * alphabet.size() + symbolClass;
        YoungMatches known = begun[place];
        if (known == null) {
            steps.begin(before, symbolClass);
            steps.takeAll(starts);
            known = young(steps.finish().nodes(), alphabet.neighbour(symbolClass));
            begun[place] = known;
        }
        return known;
    }

    /** No matches of one character. */
    synchronized YoungMatches noneBegun(Neighbour before) {
        return young(new int[0], before);
    }

    private YoungMatches young(int[] nodes, Neighbour before) {
        YoungMatches made = new YoungMatches(nodes, before, alphabet.narrow());
        YoungMatches known = distinct.putIfAbsent(made, made);
        return known == null ? made : known;
    }
}
