package io.clawsec.guard.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Tells in one pass which patterns a text can match at all, by their keywords; {@code #} in one is any digit. */
final class KeywordGate {

    private final LiteralAutomaton keywords;
    /** The lock that each keyword opens: lock p is pattern p's first list, lock p + patterns its second. */
    private final int[] lockOf;

    private final int patterns;
    /** Locks that are open from the start, for the list is empty. */
    private final BitSet unlocked = new BitSet();

    KeywordGate(List<PatternSpec> specs) {
        this.patterns = specs.size();
        List<String> literals = new ArrayList<>();
        List<Integer> locks = new ArrayList<>();
        for (int pattern = 0; pattern < patterns; pattern++) {
            addGroup(specs.get(pattern).keywords(), pattern, literals, locks);
            addGroup(specs.get(pattern).also(), pattern + patterns, literals, locks);
        }
        this.keywords = new LiteralAutomaton(literals, true);
        this.lockOf = locks.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addGroup(List<String> group, int lock, List<String> literals, List<Integer> locks) {
        if (group.isEmpty()) {
            unlocked.set(lock);
        }
        for (String keyword : group) {
            literals.add(keyword);
            locks.add(lock);
        }
    }

    /** The patterns worth running on the text. */
    BitSet open(String text) {
        BitSet open = (BitSet) unlocked.clone();
        int remaining = 2 * patterns - open.cardinality();
        int state = LiteralAutomaton.START;
        for (int i = 0; i < text.length() && remaining > 0; i++) {
            state = keywords.step(state, text.charAt(i));
            for (int keyword : keywords.endingAt(state)) {
                if (!open.get(lockOf[keyword])) {
                    open.set(lockOf[keyword]);
                    remaining--;
                }
            }
        }
        BitSet second = open.get(patterns, 2 * patterns);
        open.and(second);
        return open;
    }
}
