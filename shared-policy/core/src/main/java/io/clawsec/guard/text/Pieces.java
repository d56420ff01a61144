package io.clawsec.guard.text;

/** The pieces that stand from one place on, and the longest known word that the first ones make together. */
final class Pieces {

    private static final int MAX_PIECES = 8;
    private static final int MAX_GAP = 3;
    /** Letters of a word that betrays the disguise. */
    private static final int MIN_TELLING = 4;
    /** The same where there are but blanks between the pieces. */
    static final int MIN_HALVES = 5;
    /** The same where all pieces are known words too: shorter ones are often written as two. */
    static final int MIN_TWO_WORDS = 6;

    private final String text;
    private final Vocabulary words;
    private final int[] starts = new int[MAX_PIECES];
    private final int[] ends = new int[MAX_PIECES];
    private final StringBuilder letters = new StringBuilder();

    private int count;
    private boolean telling;

    Pieces(String text, Vocabulary words) {
        this.text = text;
        this.words = words;
    }

    /** Looks at the letters that begin here and at what follows; there is at least one. */
    void read(int start) {
        long initial = 0;
        int length = 0;
        int at = start;
        boolean blanks = true;
        count = 1;
        telling = false;
        for (int piece = 0; piece < MAX_PIECES; piece++) {
            starts[piece] = at;
            while (isLetter(text, at)) {
                initial = WordFilter.with(initial, length++, text.charAt(at++));
                if (length > Vocabulary.MAX_WORD || !words.mayGoOn(initial, length)) {
                    ends[piece] = at;
                    return;
                }
            }
            ends[piece] = at;
            if (piece > 0 && words.mayContain(initial, length) && isWord(piece, length, blanks)) {
                count = piece + 1;
                telling |= length >= (blanks ? MIN_HALVES : MIN_TELLING);
            }
            int next = endOfGap(text, at);
            boolean blank = next == at + 1 && CharacterKind.isWhitespace(text.charAt(at));
            if (next == at || (blank && beginsSingles(next))) {
                return;
            }
            blanks &= blank;
            at = next;
        }
    }

    /** Whether the pieces up to this one, with so many letters, make a known word, and are no sentence. */
    private boolean isWord(int last, int length, boolean blanks) {
        letters.setLength(0);
        for (int piece = 0; piece <= last; piece++) {
            for (int at = starts[piece]; at < ends[piece]; at++) {
                letters.append((char) (text.charAt(at) | 0x20));
            }
        }
        return words.contains(letters.toString()) && !(blanks && length < MIN_TWO_WORDS && areKnown(last));
    }

    /** Whether letters with a sign between each two begin here, as in {@code the r-e-s-t}: a word of their own. */
    private boolean beginsSingles(int at) {
        return !isLetter(text, at + 1) && at + 1 < text.length() && isSign(text, at + 1) && isLetter(text, at + 2);
    }

    /** Whether all pieces are known words: with nothing but blanks between them they are a sentence. */
    private boolean areKnown(int last) {
        int from = 0;
        for (int piece = 0; piece <= last; piece++) {
            int to = from + ends[piece] - starts[piece];
            if (!words.contains(letters.substring(from, to))) {
                return false;
            }
            from = to;
        }
        return true;
    }

    /** How many pieces make the word; 1 if the first is one of its own. */
    int count() {
        return count;
    }

    int start(int piece) {
        return starts[piece];
    }

    int end(int piece) {
        return ends[piece];
    }

    /** Whether a known word was in pieces that nobody writes by chance. */
    boolean isTelling() {
        return telling;
    }

    /** Where the next piece begins: behind a few signs, a hyphen and a blank, or one blank; here if none does. */
    static int endOfGap(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < MAX_GAP && isSign(text, end)) {
            end++;
        }
        boolean hyphen = end > at && text.charAt(end - 1) == '-';
        if (end < text.length() && (end == at || hyphen) && CharacterKind.isWhitespace(text.charAt(end))) {
            end++;
        }
        return isLetter(text, end) ? end : at;
    }

    static boolean isSign(String text, int at) {
        char character = text.charAt(at);
        return !CharacterKind.isLetterOrDigit(character)
                && !CharacterKind.isWhitespace(character)
                && !Character.isSurrogate(character);
    }

    static boolean isLetter(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        int lower = text.charAt(at) | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}
