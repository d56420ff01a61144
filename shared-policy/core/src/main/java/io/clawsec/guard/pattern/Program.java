package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One pattern to the letter, with the order in which RE2 prefers its matches. Immutable to its users. */
final class Program {

    private final int[] symbol;
    private final int[][] follow;
    private final int[] start;
    private final Alphabet alphabet;
    private final boolean hasValue;

    /** Whether a match can begin, by what stands before and the class of its first character. */
    private final AtomicReferenceArray<Boolean> mayBegin;

    /** Compiles a tree whose sets of characters are numbered already. */
    Program(Regex regex, CharacterSets sets, Alphabet alphabet) {
        NodeBuilder builder = new NodeBuilder(sets::known, true);
        this.start = builder.add(regex);
        this.symbol = builder.symbols();
        this.follow = builder.follows();
        this.alphabet = alphabet;
        this.hasValue = Arrays.stream(symbol).anyMatch(kind -> kind == NodeBuilder.VALUE_START);
        this.mayBegin = new AtomicReferenceArray<>(Neighbour.values().length * alphabet.size());
    }

    int nodes() {
        return symbol.length;
    }

    /** The node's symbol, as {@link NodeBuilder} numbers them. */
    int symbol(int node) {
        return symbol[node];
    }

    /** The nodes that may come next, first choice first. */
    int[] follow(int node) {
        return follow[node];
    }

    /** The nodes that a match begins with, first choice first. */
    int[] start() {
        return start;
    }

    Alphabet alphabet() {
        return alphabet;
    }

    /** Whether a group of the pattern is the span, not the whole match. */
    boolean hasValue() {
        return hasValue;
    }

    /** Whether a match can begin with a character of the class. */
    @SuppressWarnings("NullAway") // an element is null until it is asked for
    boolean mayBegin(Neighbour before, int symbolClass) {
        int place = before.ordinal() * alphabet.size() + symbolClass;
        Boolean known = mayBegin.get(place);
        if (known == null) {
            known = leads(start, before, symbolClass, new BitSet());
            mayBegin.set(place, known);
        }
        return known;
    }

    private boolean leads(int[] nodes, Neighbour before, int symbolClass, BitSet passed) {
        for (int node : nodes) {
            int kind = symbol[node];
            if (kind >= 0) {
                if (symbolClass != alphabet.end() && alphabet.contains(kind, symbolClass)) {
                    return true;
                }
            } else if (!passed.get(node) && passes(kind, before, alphabet.neighbour(symbolClass))) {
                passed.set(node);
                if (leads(follow[node], before, symbolClass, passed)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a node that takes no character lets a match through. */
    static boolean passes(int kind, Neighbour before, Neighbour after) {
        return kind <= NodeBuilder.VALUE_END || NodeBuilder.assertion(kind).holds(before, after);
    }
}
