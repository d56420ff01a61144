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
    /** Characters of a text in which a match of the pattern may come to its bound undecided. */
    private final int[] undecidedFrom;

    /** Locks that are open from the start, for the list is empty. */
    private final BitSet unlocked = new BitSet();

    KeywordGate(List<PatternSpec> specs) {
        this.patterns = specs.size();
        this.undecidedFrom = new int[patterns];
        List<String> literals = new ArrayList<>();
        List<Integer> locks = new ArrayList<>();
        for (int pattern = 0; pattern < patterns; pattern++) {
            PatternSpec spec = specs.get(pattern);
            boolean alwaysDecided = longest(spec.parsed()) < spec.maxLength();
            undecidedFrom[pattern] = alwaysDecided ? Integer.MAX_VALUE : spec.maxLength();
            addGroup(spec.keywords(), pattern, literals, locks);
            addGroup(spec.also(), pattern + patterns, literals, locks);
        }
        this.keywords = new LiteralAutomaton(literals, true);
        this.lockOf = locks.stream().mapToInt(Integer::intValue).toArray();
    }

    /** UTF-16 units of the longest text that the tree matches, or more; {@link Integer#MAX_VALUE} at most. */
    private static long longest(Regex regex) {
        long longest = 0;
        if (regex instanceof Regex.One) {
            longest = 2;
        } else if (regex instanceof Regex.Value value) {
            longest = longest(value.body());
        } else if (regex instanceof Regex.Sequence sequence) {
            longest = sequence.parts().stream().mapToLong(KeywordGate::longest).sum();
        } else if (regex instanceof Regex.Choice choice) {
            longest = choice.branches().stream()
                    .mapToLong(KeywordGate::longest)
                    .max()
                    .orElse(0);
        } else if (regex instanceof Regex.Repeat repeat) {
            boolean unbounded = repeat.max() == Regex.Repeat.UNBOUNDED;
            longest = unbounded ? Integer.MAX_VALUE : repeat.max() * longest(repeat.body());
        }
        return Math.min(Integer.MAX_VALUE, longest);
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

    /**
     * The patterns worth running on the text: those whose keywords it holds, and those that may come to their bound
     * undecided in a text so long, for what is undecided counts whether or not a keyword would have come.
     */
    BitSet open(String text) {
        BitSet open = unlocked(text);
        for (int pattern = 0; pattern < patterns; pattern++) {
            if (text.length() >= undecidedFrom[pattern]) {
                open.set(pattern);
            }
        }
        return open;
    }

    private BitSet unlocked(String text) {
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
