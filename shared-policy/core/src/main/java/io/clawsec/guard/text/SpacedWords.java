package io.clawsec.guard.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stretch of single characters with one and the same separator between each two, and the words in it. */
final class SpacedWords {

    /** Of a hundred letters without a gap between words, so many must be in known words to be cut there. */
    private static final int MIN_KNOWN_PERCENT = 60;

    private static final int MAX_SHORT_WORD = 3;

    /** Letters of what may be a known word with an ending, as {@code debugging}, which are no words of their own. */
    private static final int MAX_INFLECTED = 12;

    /** Fewer may be a lone letter that stands behind the word. */
    private static final int MIN_ENDING = 2;

    private final String text;
    private final int[] positions;
    /** Whether a gap wider than one separator stands before the character at the same place. */
    private final boolean[] gaps;

    private final int end;
    private final int letters;
    /** Whether there are gaps at all: then a sign has a blank beside it only where there is one. */
    private final boolean gapped;

    /**
     * One word.
     *
     * @param positions where its characters stand in the text
     * @param gap 1 if something stood between it and the word before, or a word ends there; 0 for the first, and for
     *     signs and what they stand beside
     * @param known whether it is one of the rules' words
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Word(int[] positions, int gap, boolean known) {}

    private SpacedWords(String text, int[] positions, boolean[] gaps, int end) {
        this.text = text;
        this.positions = positions;
        this.gaps = gaps;
        this.end = end;
        int count = 0;
        boolean any = false;
        for (int i = 0; i < positions.length; i++) {
            count += CharacterKind.isLetterOrDigit(text.charAt(positions[i])) ? 1 : 0;
            any |= gaps[i];
        }
        this.letters = count;
        this.gapped = any;
    }

    /** False only if a stretch that begins here, with a separator behind it, has one character and no more. */
    static boolean mayBeginAt(String text, int start) {
        char separator = text.charAt(start + 1);
        boolean blank = CharacterKind.isWhitespace(separator);
        boolean gap = blank && CharacterKind.isWhitespace(text.charAt(start + 2));
        return isSingle(text, start, separator, blank) && (gap || isSingle(text, start + 2, separator, blank));
    }

    /** The stretch that begins with the visible character here and the separator behind it. */
    static SpacedWords at(String text, int start) {
        char separator = text.charAt(start + 1);
        boolean blank = CharacterKind.isWhitespace(separator);
        int[] positions = new int[16];
        boolean[] gaps = new boolean[16];
        int count = 0;
        int end = start;
        int at = start;
        boolean gap = false;
        while (at < text.length() && isSingle(text, at, separator, blank)) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, count * 2);
                gaps = Arrays.copyOf(gaps, count * 2);
            }
            positions[count] = at;
            gaps[count++] = gap;
            end = at + 1;
            int next = end;
            while (blank && next < text.length() && CharacterKind.isWhitespace(text.charAt(next))) {
                next++;
            }
            if (!blank && next < text.length() && text.charAt(next) == separator) {
                next++;
            }
            gap = next - end > 1;
            if (next == end) {
                break;
            }
            at = next;
        }
        return new SpacedWords(text, Arrays.copyOf(positions, count), Arrays.copyOf(gaps, count), end);
    }

    /** Whether the character is visible, and what comes behind it is not part of the same word. */
    private static boolean isSingle(String text, int at, char separator, boolean blank) {
        char character = text.charAt(at);
        if (CharacterKind.isWhitespace(character) || Character.isSurrogate(character) || character == separator) {
            return false;
        }
        if (at + 1 == text.length()) {
            return true;
        }
        char next = text.charAt(at + 1);
        return blank ? CharacterKind.isWhitespace(next) : next == separator || !CharacterKind.isLetterOrDigit(next);
    }

    /** One past its last character. */
    int end() {
        return end;
    }

    /** Letters and digits in it. */
    int letters() {
        return letters;
    }

    /** Whether it is a short word with a sign beside it, or with several: so no options are listed. */
    boolean isShortWord(Vocabulary known) {
        return letters >= Vocabulary.MIN_WORD
                && positions.length > letters
                && (positions.length > MAX_SHORT_WORD
                        || words(known).stream().anyMatch(word -> word.known() && word.positions().length == letters));
    }

    /** Its words: as the gaps have it, or cut by the known words where there is no gap. */
    List<Word> words(Vocabulary known) {
        List<Word> words = new ArrayList<>();
        int from = 0;
        while (from < positions.length) {
            int to = from + 1;
            while (to < positions.length && !gaps[to]) {
                to++;
            }
            word(from, to, known, words);
            from = to;
        }
        return words;
    }

    /** What stands between two gaps: words, and the signs before, between and behind them. */
    private void word(int from, int to, Vocabulary known, List<Word> words) {
        int gap = words.isEmpty() ? 0 : 1;
        int start = from;
        while (start < to) {
            boolean sign = isSign(start);
            int last = start + 1;
            while (last < to && isSign(last) == sign) {
                last++;
            }
            if (sign) {
                words.add(new Word(Arrays.copyOfRange(positions, start, last), gap, false));
                gap = !gapped && endsPart(last - 1) ? 1 : 0;
            } else {
                letters(start, last, gap, known, words);
                gap = 0;
            }
            start = last;
        }
    }

    private void letters(int from, int to, int gap, Vocabulary known, List<Word> words) {
        String letters = letters(from, to);
        int[] whole = {0, letters.length()};
        int[] cuts = known.contains(letters) ? whole : cuts(letters, known);
        cuts = isInflected(letters, cuts, known) ? whole : cuts;
        for (int i = 1; i < cuts.length; i++) {
            int[] of = Arrays.copyOfRange(positions, from + cuts[i - 1], from + cuts[i]);
            words.add(new Word(of, i == 1 ? gap : 1, known.contains(letters.substring(cuts[i - 1], cuts[i]))));
        }
    }

    /** Whether a known word is at its beginning, and what follows is not made up of known ones. */
    private static boolean isInflected(String letters, int[] cuts, Vocabulary known) {
        int length = letters.length();
        if (length > MAX_INFLECTED || length - cuts[1] < MIN_ENDING || !known.contains(letters.substring(0, cuts[1]))) {
            return false;
        }
        for (int i = 2; i < cuts.length; i++) {
            if (!known.contains(letters.substring(cuts[i - 1], cuts[i]))) {
                return true;
            }
        }
        return false;
    }

    private boolean isSign(int index) {
        return !CharacterKind.isLetterOrDigit(text.charAt(positions[index]));
    }

    /** Whether the sign is one that a blank follows. */
    private boolean endsPart(int index) {
        return ".,;:!?)]}".indexOf(text.charAt(positions[index])) >= 0;
    }

    private String letters(int from, int to) {
        StringBuilder letters = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            letters.append(Character.toLowerCase(text.charAt(positions[i])));
        }
        return letters.toString();
    }

    /**
     * Where to cut letters without gaps so that the known words in them are longest; only at the ends if too few are
     * in known words. Linear: a known word has at most {@link Vocabulary#MAX_WORD} letters.
     */
    static int[] cuts(String letters, Vocabulary known) {
        int length = letters.length();
        int[] score = new int[length + 1];
        int[] back = new int[length + 1];
        for (int start = 0; start < length; start++) {
            if (score[start + 1] <= score[start]) {
                score[start + 1] = score[start];
                back[start + 1] = start;
            }
            long initial = 0;
            for (int end = start + 1; end <= length && end - start <= Vocabulary.MAX_WORD; end++) {
                int size = end - start;
                initial = WordFilter.with(initial, size - 1, letters.charAt(end - 1));
                if (!known.mayGoOn(initial, size)) {
                    break;
                }
                int better = score[start] + size * size;
                if (size >= Vocabulary.MIN_WORD
                        && better > score[end]
                        && known.mayContain(initial, size)
                        && known.contains(letters.substring(start, end))) {
                    score[end] = better;
                    back[end] = start;
                }
            }
        }
        return ends(back, length);
    }

    private static int[] ends(int[] back, int length) {
        int[] ends = new int[length + 1];
        int first = length;
        ends[first] = length;
        int inWords = 0;
        boolean loose = false;
        for (int end = length; end > 0; end = back[end]) {
            boolean single = end - back[end] == 1;
            inWords += single ? 0 : end - back[end];
            // Letters in no known word stay together.
            first = single && loose ? first : first - 1;
            ends[first] = back[end];
            loose = single;
        }
        boolean cut = inWords * 100 >= length * MIN_KNOWN_PERCENT;
        return cut ? Arrays.copyOfRange(ends, first, length + 1) : new int[] {0, length};
    }
}
