package io.clawsec.guard.rule;

import io.clawsec.guard.pattern.LiteralAutomaton;
import java.util.List;

/** The words of which one must stand near a number that could be many things without it. Immutable. */
public final class ContextWords {

    private final List<String> words;
    private final LiteralAutomaton automaton;
    private final int longest;

    /** The words, lower-case ASCII. */
    public ContextWords(List<String> words) {
        this.words = List.copyOf(words);
        this.automaton = new LiteralAutomaton(words, false);
        this.longest = words.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Characters of the longest word. */
    public int longest() {
        return longest;
    }

    /** Whether one of the words stands, as a word of its own and in any case, wholly within from and to. */
    public boolean presentIn(CharSequence text, int from, int to) {
        int state = LiteralAutomaton.START;
        for (int at = from; at < to; at++) {
            state = automaton.step(state, text.charAt(at));
            for (int i = 0; i < automaton.endings(state); i++) {
                String word = words.get(automaton.ending(state, i));
                if (standsAlone(text, at + 1 - word.length(), word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean standsAlone(CharSequence text, int start, String word) {
        int end = start + word.length();
        boolean joinsBefore = start > 0 && joins(text.charAt(start - 1), word.charAt(0));
        boolean joinsAfter = end < text.length() && joins(text.charAt(end), word.charAt(word.length() - 1));
        return !joinsBefore && !joinsAfter;
    }

    private static boolean joins(char outside, char edge) {
        return Character.isLetter(outside) && Character.isLetter(edge);
    }
}
