package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/**
 * Puts words together that were taken apart: {@code i g n o r e}, {@code i-g-n-o-r-e}, {@code ig.nore}, {@code ig- nore}
 * and {@code ig nore}; and makes a stretch of blanks that pushes words apart one blank.
 * Pieces become a word only if the word is a known one.
 */
final class Joined {

    /** Blanks in a row that are no layout: patterns that look so far ahead would lose sight of the next word. */
    static final int MIN_PADDING = 24;

    /** Single letters in a row that are no list of options. */
    private static final int MIN_SINGLES = 4;

    /** Letters of a word that betrays the disguise. */
    private static final int MIN_TELLING = 4;

    private final String text;
    private final Vocabulary words;
    private final Pieces pieces;
    private final ViewBuilder view;
    private final boolean split;
    private boolean found;

    private Joined(TextView source, Vocabulary words, boolean split) {
        this.text = source.text();
        this.words = words;
        this.pieces = new Pieces(text, words);
        this.view = new ViewBuilder(source);
        this.split = split;
    }

    /**
     * The view; null if nothing was taken apart.
     *
     * @param split whether to look for words in pieces, and not for blanks alone, which costs much less
     */
    static @Nullable TextView of(TextView source, Vocabulary words, boolean split) {
        return new Joined(source, words, split).run();
    }

    private @Nullable TextView run() {
        int at = 0;
        while (at < text.length()) {
            boolean first = at == 0 || !CharacterKind.isLetterOrDigit(text.charAt(at - 1));
            int end = first && split ? word(at) : at;
            end = end == at ? padding(at) : end;
            at = end == at ? behindWord(at) : end;
        }
        return found ? view.build(ViewKind.JOINED) : null;
    }

    /** What may begin here and was taken apart; returns where it ends, or here. */
    private int word(int at) {
        int end = singles(at);
        return end == at && Pieces.isLetter(text, at) ? pieces(at) : end;
    }

    /** The next place where something may begin. */
    private int behindWord(int at) {
        int next = at + 1;
        if (CharacterKind.isLetterOrDigit(text.charAt(at))) {
            while (next < text.length() && CharacterKind.isLetterOrDigit(text.charAt(next))) {
                next++;
            }
        }
        return next;
    }

    /** Single characters with one separator between each two; wider gaps are between words. */
    private int singles(int start) {
        if (start + 2 >= text.length() || !isSeparator(start + 1) || !SpacedWords.mayBeginAt(text, start)) {
            return start;
        }
        SpacedWords spaced = SpacedWords.at(text, start);
        if (spaced.letters() < MIN_SINGLES && !spaced.isShortWord(words)) {
            return passedOver(start, spaced.end());
        }
        view.copy(start);
        int done = start;
        for (SpacedWords.Word word : spaced.words(words)) {
            int[] positions = word.positions();
            if (word.gap() > 0) {
                view.replace(done, Math.max(done, positions[0]), ' ');
            }
            for (int position : positions) {
                view.leaveOut(position);
                view.copy(position + 1);
            }
            done = positions[positions.length - 1] + 1;
            found |= word.known() && positions.length >= MIN_TELLING;
        }
        return spaced.end();
    }

    /** A long stretch without letters is not looked at again from each of its places. */
    private static int passedOver(int start, int end) {
        return end - start <= 2 * MIN_SINGLES ? start : end;
    }

    /** The longest known word that the pieces from here make, if they are more than one. */
    private int pieces(int start) {
        pieces.read(start);
        if (pieces.count() == 1) {
            return pieces.end(0);
        }
        if (endsInSingles()) {
            return start; // or a short word before them would take their first letter
        }
        for (int piece = 0; piece < pieces.count(); piece++) {
            if (piece > 0) {
                view.leaveOut(pieces.start(piece));
            }
            view.copy(pieces.end(piece));
        }
        found |= pieces.isTelling();
        return pieces.end(pieces.count() - 1);
    }

    /** Whether the last piece is the first of several single letters. */
    private boolean endsInSingles() {
        int last = pieces.start(pieces.count() - 1);
        return last + 2 < text.length()
                && isSeparator(last + 1)
                && SpacedWords.at(text, last).letters() >= MIN_SINGLES;
    }

    private int padding(int start) {
        int end = start;
        boolean line = false;
        while (end < text.length() && CharacterKind.isWhitespace(text.charAt(end))) {
            line |= text.charAt(end++) == '\n';
        }
        if (end - start >= MIN_PADDING) {
            found = true;
            view.replace(start, end, line ? '\n' : ' ');
        }
        return end;
    }

    private boolean isSeparator(int at) {
        return Pieces.isSign(text, at) || CharacterKind.isWhitespace(text.charAt(at));
    }
}
