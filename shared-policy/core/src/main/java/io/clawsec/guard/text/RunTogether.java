package io.clawsec.guard.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts blanks between known words that were run together: {@code ignoreallpreviousinstructions}. In seen text only in
 * runs that are longer than any known word; in hidden text in all, for who hides a text loses the signs that cannot be
 * hidden: a dash between two words is gone, and the blanks that were not there remain so.
 */
final class RunTogether {

    /** Letters of the shortest known word that a short run is cut into; shorter ones make up words by chance. */
    private static final int MIN_WORD = 3;

    private RunTogether() {}

    /**
     * The view; null if nothing was run together.
     *
     * @param hidden whether the text is one that nobody sees
     */
    static @Nullable TextView of(TextView source, Vocabulary words, boolean hidden) {
        String text = source.text();
        ViewBuilder view = new ViewBuilder(source);
        boolean found = false;
        int end;
        for (int start = 0; start < text.length(); start = end + 1) {
            end = start;
            while (Pieces.isLetter(text, end)) {
                end++;
            }
            boolean looked = hidden ? end - start >= 2 * MIN_WORD : end - start > Vocabulary.MAX_WORD;
            int[] cuts = looked ? cuts(text.substring(start, end), words) : new int[0];
            for (int i = 1; i < cuts.length - 1; i++) {
                int cut = start + cuts[i];
                view.replace(cut - 1, cut, text.charAt(cut - 1) + " "); // every character of a view came from one
                found = true;
            }
        }
        return found ? view.build(ViewKind.JOINED) : null;
    }

    private static int[] cuts(String run, Vocabulary words) {
        String letters = run.toLowerCase(Locale.ROOT);
        if (words.contains(letters)) {
            return new int[0];
        }
        int[] cuts = SpacedWords.cuts(letters, words);
        if (letters.length() > Vocabulary.MAX_WORD) {
            return cuts;
        }
        for (int i = 1; i < cuts.length; i++) {
            int size = cuts[i] - cuts[i - 1];
            if (size < MIN_WORD || !words.contains(letters.substring(cuts[i - 1], cuts[i]))) {
                return new int[0];
            }
        }
        return cuts;
    }
}
