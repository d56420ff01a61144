package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/** Reads digits and signs within words as the letters they stand for: {@code 1gn0r3} is ignore. */
final class Leet {

    /** Letters of a word that betrays the disguise: shorter ones come out of part numbers too. */
    static final int MIN_TELLING = 4;

    private final TextView source;
    private final String text;
    private final Vocabulary words;
    private final char[] read;

    private Leet(TextView source, Vocabulary words) {
        this.source = source;
        this.text = source.text();
        this.words = words;
        this.read = text.toCharArray();
    }

    static TextView of(TextView source, Vocabulary words) {
        return new Leet(source, words).run();
    }

    /** Whether the token is one of the known words in disguise. */
    static boolean tells(String text, int start, int end, Vocabulary words) {
        if (end - start < MIN_TELLING || end - start > Vocabulary.MAX_WORD + 2) {
            return false;
        }
        return isDisguised(text, start, end, words)
                || ("!+|(".indexOf(text.charAt(end - 1)) >= 0 && isDisguised(text, start, end - 1, words))
                || (text.charAt(start) == '(' && isDisguised(text, start + 1, end, words));
    }

    /** Whether it is a known word and written with signs: brackets and marks beside a word are no disguise. */
    private static boolean isDisguised(String text, int start, int end, Vocabulary words) {
        return end - start >= MIN_TELLING && word(text, start, end, words) != null && hasSign(text, start, end);
    }

    private static boolean hasSign(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (LeetLetters.isSign(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Where the token that the place is in begins, or some place that makes it longer than any word. */
    static int startOfToken(String text, int at) {
        int start = at;
        while (start > 0 && at - start <= Vocabulary.MAX_WORD + 2 && LeetLetters.isPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Where the token that the place is in ends. */
    static int endOfToken(String text, int at) {
        int end = at;
        while (end < text.length() && LeetLetters.isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private TextView run() {
        int at = 0;
        while (at < text.length()) {
            int end = endOfToken(text, at);
            if (end > at) {
                token(at, end);
            }
            at = Math.max(end, at + 1);
        }
        return source.with(ViewKind.LEET, new String(read));
    }

    private void token(int start, int end) {
        boolean letters = false;
        boolean signs = false;
        for (int i = start; i < end; i++) {
            boolean sign = LeetLetters.isSign(text.charAt(i));
            signs |= sign;
            letters |= !sign;
        }
        if (!signs) {
            return;
        }
        if (end - start == 1 && isBlank(end) && (isBlank(start - 1) || isQuote(start - 1))) {
            read[start] = wordOfOneLetter(text.charAt(start));
            return;
        }
        String word = end - start > Vocabulary.MAX_WORD + 2 ? null : trimmed(text, start, end, words);
        if (word != null) {
            int first = text.startsWith("(", start) && word.charAt(0) != 'c' ? start + 1 : start;
            for (int i = 0; i < word.length(); i++) {
                read[first + i] = LeetLetters.isSign(text.charAt(first + i)) ? word.charAt(i) : text.charAt(first + i);
            }
        } else if (letters) {
            guess(start, end);
        }
        if (isShouted(start, end)) {
            for (int i = start; i < end; i++) {
                read[i] = Character.toUpperCase(read[i]);
            }
        }
    }

    /** English has two such words; another sign is itself. */
    private static char wordOfOneLetter(char sign) {
        char letter = LeetLetters.letter(sign);
        return letter == 'a' || letter == 'i' ? letter : sign;
    }

    private boolean isQuote(int at) {
        return "\"'`\u2018\u201C".indexOf(text.charAt(at)) >= 0;
    }

    private boolean isBlank(int at) {
        return at < 0 || at >= text.length() || Character.isWhitespace(text.charAt(at));
    }

    /** Whether all letters of the token are capitals, and there are several. */
    private boolean isShouted(int start, int end) {
        int capitals = 0;
        for (int i = start; i < end; i++) {
            if (text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
                return false;
            }
            capitals += text.charAt(i) >= 'A' && text.charAt(i) <= 'Z' ? 1 : 0;
        }
        return capitals > 1;
    }

    /** The known word that the token is, without brackets before and marks behind. */
    private static @Nullable String trimmed(String text, int start, int end, Vocabulary words) {
        String word = word(text, start, end, words);
        if (word == null && end - start > 1 && "!+|(".indexOf(text.charAt(end - 1)) >= 0) {
            word = word(text, start, end - 1, words);
        }
        if (word == null && end - start > 1 && text.charAt(start) == '(') {
            word = word(text, start + 1, end, words);
        }
        return word;
    }

    private static @Nullable String word(String text, int start, int end, Vocabulary words) {
        return LeetLetters.word(text, start, end, words);
    }

    /** Reads a token that is no known word, sign by sign. */
    private void guess(int start, int end) {
        int last = "!+|(".indexOf(text.charAt(end - 1)) >= 0 ? end - 1 : end;
        for (int i = start; i < last; i++) {
            char sign = text.charAt(i);
            if (LeetLetters.isSign(sign)) {
                boolean twice = sign == '1' && (beside(i - 1, start, last) || beside(i + 1, start, last));
                read[i] = twice ? 'l' : LeetLetters.letter(sign);
            }
        }
    }

    private boolean beside(int at, int start, int end) {
        return at >= start && at < end && (text.charAt(at) == '1' || (text.charAt(at) | 0x20) == 'l');
    }
}
