package io.clawsec.guard.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Tells in one pass which patterns a text can match at all: a dense Aho-Corasick automaton over the patterns' keywords
 * (Aho and Corasick, "Efficient string matching", 1975), blind to case and to which digit a digit is.
 */
final class KeywordGate {

    private static final int ASCII = 128;
    /** Every character that no keyword holds. */
    private static final int OTHER = 0;

    private final byte[] classOf = new byte[ASCII];
    private final int classes;
    /** The next state for state and class, at {@code state * classes + class}. */
    private final int[] next;
    /** Patterns opened by reaching the state. */
    private final int[][] opened;

    private final int patterns;
    private final BitSet ungated = new BitSet();

    KeywordGate(List<PatternSpec> specs) {
        this.patterns = specs.size();
        int alphabet = 1;
        for (PatternSpec spec : specs) {
            for (int i = 0; i < spec.keywords().size(); i++) {
                alphabet = addClasses(spec, spec.keywords().get(i), alphabet);
            }
        }
        this.classes = alphabet;
        List<int[]> trie = new ArrayList<>(List.of(new int[classes]));
        List<BitSet> ends = new ArrayList<>(List.of(new BitSet()));
        for (int pattern = 0; pattern < specs.size(); pattern++) {
            if (specs.get(pattern).keywords().isEmpty()) {
                ungated.set(pattern);
            }
            for (String keyword : specs.get(pattern).keywords()) {
                ends.get(insert(keyword, trie, ends)).set(pattern);
            }
        }
        complete(trie, ends);
        this.next = trie.stream().flatMapToInt(Arrays::stream).toArray();
        this.opened = ends.stream().map(set -> set.stream().toArray()).toArray(int[][]::new);
    }

    /** The patterns worth running on the text. */
    BitSet open(String text) {
        BitSet open = (BitSet) ungated.clone();
        int remaining = patterns - open.cardinality();
        int state = 0;
        for (int i = 0; i < text.length() && remaining > 0; i++) {
            state = next[state * classes + classOf(text.charAt(i))];
            for (int pattern : opened[state]) {
                if (!open.get(pattern)) {
                    open.set(pattern);
                    remaining--;
                }
            }
        }
        return open;
    }

    private int addClasses(PatternSpec spec, String keyword, int alphabet) {
        int grown = alphabet;
        for (int i = 0; i < keyword.length(); i++) {
            int folded = fold(keyword.charAt(i));
            if (folded >= ASCII) {
                throw new PatternRefusedException(spec.id(), "a keyword holds a character that is not ASCII");
            }
            if (classOf[folded] == OTHER) {
                classOf[folded] = (byte) grown++;
            }
        }
        if (keyword.isEmpty()) {
            throw new PatternRefusedException(spec.id(), "a keyword is empty");
        }
        return grown;
    }

    private int insert(String keyword, List<int[]> trie, List<BitSet> ends) {
        int state = 0;
        for (int i = 0; i < keyword.length(); i++) {
            int symbol = classOf(keyword.charAt(i));
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
        for (int child : trie.get(0)) {
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
        int folded = fold(character);
        return folded < ASCII ? classOf[folded] : OTHER;
    }

    /** One character for all that a case-blind pattern takes for the same; digits are all {@code #}. */
    private static int fold(char character) {
        if (character >= 'A' && character <= 'Z') {
            return character + ('a' - 'A');
        }
        if (character >= '0' && character <= '9') {
            return '#';
        }
        return switch (character) {
            case '\u017F' -> 's'; // LATIN SMALL LETTER LONG S: (?i)s matches it
            case '\u212A' -> 'k'; // KELVIN SIGN: (?i)k matches it
            default -> character;
        };
    }
}
