package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/** The digits and signs that are written for letters, and which letters they may be. */
final class LeetLetters {

    private static final String SIGNS = "0134567892@$!|+(\u20AC\u00A3";
    private static final String LETTERS = "oieasbtbgzasiitcel";
    private static final char[] ASCII = ascii();
    private static final boolean[] PARTS = parts();
    private static final char[] SPELLINGS = spellings();

    private LeetLetters() {}

    /** Whether the character may stand for a letter. */
    static boolean isSign(char character) {
        return letter(character) != 0;
    }

    /** Whether the character may be part of a word: an ASCII letter, or a sign. */
    static boolean isPart(char character) {
        return character < PARTS.length ? PARTS[character] : isSign(character);
    }

    /** The letter that the sign stands for most often; 0 if it is no sign. */
    static char letter(char sign) {
        if (sign < ASCII.length) {
            return ASCII[sign];
        }
        int at = SIGNS.indexOf(sign);
        return at < 0 ? 0 : LETTERS.charAt(at);
    }

    /**
     * The word with all letters that share a sign made one, so that a word in which signs stand for letters has the
     * same spelling as the word itself.
     */
    static String spelling(String word) {
        StringBuilder spelling = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            spelling.append(spelling(word.charAt(i)));
        }
        return spelling.toString();
    }

    private static char spelling(char character) {
        return character < SPELLINGS.length ? SPELLINGS[character] : spelled(character);
    }

    private static char spelled(char character) {
        char sign = letter(character);
        char letter = sign == 0 ? character : sign;
        letter = letter >= 'A' && letter <= 'Z' ? (char) (letter | 0x20) : letter;
        return switch (letter) {
            case 'l' -> 'i'; // 1 is either
            case 'q', 'b' -> 'g'; // 9 is g or q, 6 is b or g
            default -> letter;
        };
    }

    /** The word among those known that was written so; null if there is none. */
    static @Nullable String word(String text, int start, int end, Vocabulary words) {
        long first = 0;
        for (int i = start; i < Math.min(end, start + WordFilter.FIRST_LETTERS); i++) {
            first = WordFilter.with(first, i - start, spelling(text.charAt(i)));
            if (i - start == Vocabulary.BEGINNING - 1 && !words.maySpellBeginning(first)) {
                return null;
            }
        }
        return words.maySpell(first, end - start) ? word(text.substring(start, end), words) : null;
    }

    private static @Nullable String word(String written, Vocabulary words) {
        String word = words.spelled(spelling(written));
        if (word == null) {
            return null;
        }
        for (int i = 0; i < word.length(); i++) {
            char letter = (char) (written.charAt(i) | 0x20);
            boolean same = isSign(written.charAt(i)) || letter == word.charAt(i) || letter == 'l' || letter == 'i';
            if (!same) {
                return null;
            }
        }
        return word;
    }

    private static boolean[] parts() {
        boolean[] parts = new boolean[ASCII.length];
        for (char character = 0; character < parts.length; character++) {
            parts[character] = isSign(character) || Character.isLetter(character);
        }
        return parts;
    }

    private static char[] spellings() {
        char[] spellings = new char[ASCII.length];
        for (char character = 0; character < spellings.length; character++) {
            spellings[character] = spelled(character);
        }
        return spellings;
    }

    private static char[] ascii() {
        char[] letters = new char[128];
        for (int i = 0; i < SIGNS.length(); i++) {
            if (SIGNS.charAt(i) < letters.length) {
                letters[SIGNS.charAt(i)] = LETTERS.charAt(i);
            }
        }
        return letters;
    }
}
