package io.clawsec.guard.rule;

import io.clawsec.guard.pattern.LiteralAutomaton;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of which one must stand near a number that could be many things without it. Immutable. */
public final class ContextWords {

    private final List<String> words;
    private final int longest;
    private volatile @Nullable LiteralAutomaton automaton;

    /** The words, lower-case ASCII. */
    public ContextWords(List<String> words) {
        this.words = List.copyOf(words);
        int most = 0;
        for (String word : words) {
            LiteralAutomaton.check(word);
            most = Math.max(most, word.length());
        }
        this.longest = most;
    }

    /** Characters of the longest word. */
    public int longest() {
        return longest;
    }

    /** Whether one of the words stands, as a word of its own and in any case, wholly within from and to. */
    public boolean presentIn(CharSequence text, int from, int to) {
        LiteralAutomaton finder = automaton();
        int state = LiteralAutomaton.START;
        int at = finder.nextBeginning(text, from, to);
        while (at < to) {
            state = finder.step(state, text.charAt(at));
            for (int i = 0; i < finder.endings(state); i++) {
                if (standsAlone(text, at + 1, words.get(finder.ending(state, i)))) {
                    return true;
                }
            }
            at++;
            at = state == LiteralAutomaton.START ? finder.nextBeginning(text, at, to) : at;
        }
        return false;
    }

    /** The places, among the words, of all that stand so anywhere in the text. */
    public BitSet allIn(CharSequence text) {
        BitSet all = new BitSet(words.size());
        LiteralAutomaton finder = automaton();
        int state = LiteralAutomaton.START;
        for (int at = 0; at < text.length(); at++) {
            state = finder.step(state, text.charAt(at));
            for (int i = 0; i < finder.endings(state); i++) {
                int word = finder.ending(state, i);
                if (!all.get(word) && standsAlone(text, at + 1, words.get(word))) {
                    all.set(word);
                }
            }
        }
        return all;
    }

    /** Made when it is first needed, for most words never are; two threads may make the same one at once. */
    private LiteralAutomaton automaton() {
        LiteralAutomaton made = automaton;
        if (made == null) {
            made = new LiteralAutomaton(words, false);
            automaton = made;
        }
        return made;
    }

    private static boolean standsAlone(CharSequence text, int end, String word) {
        int start = end - word.length();
        boolean joinsBefore = start > 0 && joins(text.charAt(start - 1), word.charAt(0));
        boolean joinsAfter = end < text.length() && joins(text.charAt(end), word.charAt(word.length() - 1));
        return !joinsBefore && !joinsAfter;
    }

    private static boolean joins(char outside, char edge) {
        return Character.isLetter(outside) && Character.isLetter(edge);
    }
}
