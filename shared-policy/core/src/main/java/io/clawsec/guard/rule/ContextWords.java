package io.clawsec.guard.rule;

import java.util.List;

/** Looks for a word near a number that could be many things without it. */
public final class ContextWords {

    private ContextWords() {}

    /** Whether one of the words stands, as a word of its own and in any case, wholly within from and to. */
    public static boolean present(String text, int from, int to, List<String> words) {
        for (String word : words) {
            for (int at = from; at + word.length() <= to; at++) {
                if (text.regionMatches(true, at, word, 0, word.length()) && standsAlone(text, at, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean standsAlone(String text, int start, String word) {
        int end = start + word.length();
        boolean joinsBefore = start > 0 && joins(text.charAt(start - 1), word.charAt(0));
        boolean joinsAfter = end < text.length() && joins(text.charAt(end), word.charAt(word.length() - 1));
        return !joinsBefore && !joinsAfter;
    }

    private static boolean joins(char outside, char edge) {
        return Character.isLetter(outside) && Character.isLetter(edge);
    }
}
