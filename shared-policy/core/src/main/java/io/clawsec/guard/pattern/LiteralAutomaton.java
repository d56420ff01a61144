package io.clawsec.guard.pattern;

import java.util.Arrays;
import java.util.List;

/**
 * Finds ASCII literals in a text in one pass, blind to case (Aho and Corasick, "Efficient string matching", 1975).
 * Immutable.
 */
public final class LiteralAutomaton {

    /** The state before the first character. */
    public static final int START = 0;

    private static final int ASCII = 128;
    private static final char LONG_S = '\u017F';
    private static final char KELVIN = '\u212A';
    private static final int[] NONE = {};
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

    /** The ASCII characters with which no literal begins. */
    private final boolean[] beginsNone = new boolean[ASCII];

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
        int most = 1;
        for (String literal : literals) {
            most += literal.length();
        }
        int[] tree = new int[most * classes];
        int[][] ends = new int[most][];
        Arrays.fill(ends, NONE);
        int states = 1;
        for (int literal = 0; literal < literals.size(); literal++) {
            states = insert(literals.get(literal), literal, tree, ends, states);
        }
        this.next = Arrays.copyOf(tree, states * classes);
        this.ending = Arrays.copyOf(ends, states);
        complete();
        for (char character = 0; character < ASCII; character++) {
            beginsNone[character] = step(START, character) == START;
        }
    }

    /** Throws an {@link IllegalArgumentException} for what cannot be a literal. */
    public static void check(String literal) {
        if (literal.isEmpty()) {
            throw new IllegalArgumentException("a keyword is empty");
        }
        for (int i = 0; i < literal.length(); i++) {
            char character = literal.charAt(i);
            if (character >= ASCII && character != LONG_S && character != KELVIN) {
                throw new IllegalArgumentException("a keyword holds a character that is not ASCII");
            }
        }
    }

    /** The state after one more character. */
    public int step(int state, char character) {
        return next[state * classes + classOf(character)];
    }

    /** The first place from which on a literal may begin, or the end: most characters of most texts begin none. */
    public int nextBeginning(CharSequence text, int from, int to) {
        int at = from;
        while (at < to) {
            char character = text.charAt(at);
            if (character >= ASCII || !beginsNone[character]) {
                break;
            }
            at++;
        }
        return at;
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
        check(literal);
        int grown = alphabet;
        for (int i = 0; i < literal.length(); i++) {
            int folded = fold(literal.charAt(i));
            if (classOf[folded] == OTHER) {
                classOf[folded] = (byte) grown++;
            }
        }
        return grown;
    }

    /** Adds a literal to the tree; returns how many states there are then. */
    private int insert(String literal, int number, int[] tree, int[][] ends, int states) {
        int grown = states;
        int state = START;
        for (int i = 0; i < literal.length(); i++) {
            int step = state * classes + classOf(literal.charAt(i));
            if (tree[step] == 0) {
                tree[step] = grown++;
            }
            state = tree[step];
        }
        ends[state] = joined(ends[state], new int[] {number});
        return grown;
    }

    /** Fills the missing steps in breadth-first order, each from the state of the longest proper suffix. */
    private void complete() {
        int[] suffix = new int[ending.length];
        int[] queue = new int[ending.length];
        int queued = 0;
        for (int symbol = 0; symbol < classes; symbol++) {
            if (next[symbol] != 0) {
                queue[queued++] = next[symbol];
            }
        }
        for (int done = 0; done < queued; done++) {
            int state = queue[done];
            ending[state] = joined(ending[state], ending[suffix[state]]);
            int own = state * classes;
            int fallback = suffix[state] * classes;
            for (int symbol = 0; symbol < classes; symbol++) {
                int step = next[own + symbol];
                if (step == 0) {
                    next[own + symbol] = next[fallback + symbol];
                } else {
                    suffix[step] = next[fallback + symbol];
                    queue[queued++] = step;
                }
            }
        }
    }

    /** The numbers of both, in order. */
    private static int[] joined(int[] left, int[] right) {
        if (left.length == 0 || right.length == 0) {
            return left.length == 0 ? right : left;
        }
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        Arrays.sort(both);
        return both;
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
            case LONG_S -> 's'; // (?i)s matches it
            case KELVIN -> 'k'; // (?i)k matches it
            default -> character;
        };
    }
}
