package io.clawsec.guard.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Finds ASCII literals in a text in one pass, blind to case (Aho and Corasick, "Efficient string matching", 1975).
 * Immutable.
 */
public final class LiteralAutomaton {

    /** The state before the first character. */
    public static final int START = 0;

    private static final int ASCII = 128;
    /** Every character that no literal holds. */
    private static final int OTHER = 0;

    private final boolean digitsAlike;
    /** The class of each ASCII character; while the classes are made, of what it is folded to. */
    private final byte[] classOf = new byte[ASCII];

    private final int classes;
    /** The next state for state and class, at {@code state * classes + class}. */
    private final int[] next;
    /** The numbers of the literals that end where the state is reached. */
    private final int[][] ending;

    /**
     * An automaton of the literals, whose places in the list are their numbers.
     *
     * @param literals none empty, all ASCII, else an {@link IllegalArgumentException}
     * @param digitsAlike whether {@code #} in a literal stands for any digit
     */
    public LiteralAutomaton(List<String> literals, boolean digitsAlike) {
        this.digitsAlike = digitsAlike;
        int alphabet = 1;
        for (String literal : literals) {
            alphabet = addClasses(literal, alphabet);
        }
        this.classes = alphabet;
        for (char character = 0; character < ASCII; character++) {
            classOf[character] = classOf[fold(character)];
        }
        List<int[]> trie = new ArrayList<>(List.of(new int[classes]));
        List<BitSet> ends = new ArrayList<>(List.of(new BitSet()));
        for (int literal = 0; literal < literals.size(); literal++) {
            ends.get(insert(literals.get(literal), trie, ends)).set(literal);
        }
        complete(trie, ends);
        this.next = trie.stream().flatMapToInt(Arrays::stream).toArray();
        this.ending = ends.stream().map(set -> set.stream().toArray()).toArray(int[][]::new);
    }

    /** The state after one more character. */
    public int step(int state, char character) {
        return next[state * classes + classOf(character)];
    }

    /** The numbers of the literals that end with the character that led to the state; not to be changed. */
    int[] endingAt(int state) {
        return ending[state];
    }

    /** How many literals end with the character that led to the state. */
    public int endings(int state) {
        return ending[state].length;
    }

    /** The number of one of them. */
    public int ending(int state, int index) {
        return ending[state][index];
    }

    private int addClasses(String literal, int alphabet) {
        int grown = alphabet;
        for (int i = 0; i < literal.length(); i++) {
            int folded = fold(literal.charAt(i));
            if (folded >= ASCII) {
                throw new IllegalArgumentException("a keyword holds a character that is not ASCII");
            }
            if (classOf[folded] == OTHER) {
                classOf[folded] = (byte) grown++;
            }
        }
        if (literal.isEmpty()) {
            throw new IllegalArgumentException("a keyword is empty");
        }
        return grown;
    }

    private int insert(String literal, List<int[]> trie, List<BitSet> ends) {
        int state = START;
        for (int i = 0; i < literal.length(); i++) {
            int symbol = classOf(literal.charAt(i));
            if (trie.get(state)[symbol] == 0) {
                trie.get(state)[symbol] = trie.size();
                trie.add(new int[classes]);
                ends.add(new BitSet());
            }
            state = trie.get(state)[symbol];
        }
        return state;
    }

    /** Fills the missing steps in breadth-first order, each from the state of the longest proper suffix. */
    private void complete(List<int[]> trie, List<BitSet> ends) {
        int[] suffix = new int[trie.size()];
        Deque<Integer> queue = new ArrayDeque<>();
        for (int child : trie.get(START)) {
            if (child != 0) {
                queue.add(child);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ends.get(state).or(ends.get(suffix[state]));
            int[] steps = trie.get(state);
            int[] fallback = trie.get(suffix[state]);
            for (int symbol = 0; symbol < classes; symbol++) {
                if (steps[symbol] == 0) {
                    steps[symbol] = fallback[symbol];
                } else {
                    suffix[steps[symbol]] = fallback[symbol];
                    queue.add(steps[symbol]);
                }
            }
        }
    }

    private int classOf(char character) {
        if (character < ASCII) {
            return classOf[character];
        }
        int folded = fold(character);
        return folded < ASCII ? classOf[folded] : OTHER;
    }

    /** One character for all that a case-blind pattern takes for the same. */
    private int fold(char character) {
        if (character >= 'A' && character <= 'Z') {
            return character + ('a' - 'A');
        }
        if (digitsAlike && character >= '0' && character <= '9') {
            return '#';
        }
        return switch (character) {
            case '\u017F' -> 's'; // LATIN SMALL LETTER LONG S: (?i)s matches it
            case '\u212A' -> 'k'; // KELVIN SIGN: (?i)k matches it
            default -> character;
        };
    }
}
