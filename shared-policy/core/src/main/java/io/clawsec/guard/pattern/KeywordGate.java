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
    /** Locks opened by reaching the state: lock p is pattern p's first list, lock p + patterns its second. */
    private final int[][] opened;

    private final int patterns;
    /** Locks that are open from the start, for the list is empty. */
    private final BitSet unlocked = new BitSet();

    KeywordGate(List<PatternSpec> specs) {
        this.patterns = specs.size();
        int alphabet = 1;
        for (PatternSpec spec : specs) {
            for (String keyword : spec.keywords()) {
                alphabet = addClasses(spec, keyword, alphabet);
            }
            for (String keyword : spec.also()) {
                alphabet = addClasses(spec, keyword, alphabet);
            }
        }
        this.classes = alphabet;
        List<int[]> trie = new ArrayList<>(List.of(new int[classes]));
        List<BitSet> ends = new ArrayList<>(List.of(new BitSet()));
        for (int pattern = 0; pattern < patterns; pattern++) {
            addGroup(specs.get(pattern).keywords(), pattern, trie, ends);
            addGroup(specs.get(pattern).also(), pattern + patterns, trie, ends);
        }
        complete(trie, ends);
        this.next = trie.stream().flatMapToInt(Arrays::stream).toArray();
        this.opened = ends.stream().map(set -> set.stream().toArray()).toArray(int[][]::new);
    }

    /** The patterns worth running on the text. */
    BitSet open(String text) {
        BitSet open = (BitSet) unlocked.clone();
        int remaining = 2 * patterns - open.cardinality();
        int state = 0;
        for (int i = 0; i < text.length() && remaining > 0; i++) {
            state = next[state * classes + classOf(text.charAt(i))];
            for (int lock : opened[state]) {
                if (!open.get(lock)) {
                    open.set(lock);
                    remaining--;
                }
            }
        }
        BitSet second = open.get(patterns, 2 * patterns);
        open.and(second);
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

    private void addGroup(List<String> keywords, int lock, List<int[]> trie, List<BitSet> ends) {
        if (keywords.isEmpty()) {
            unlocked.set(lock);
        }
        for (String keyword : keywords) {
            ends.get(insert(keyword, trie, ends)).set(lock);
        }
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
