package io.clawsec.guard.text;

/**
 * The view of a text that the rules see first: the text itself, with full-width characters, odd spaces and odd dashes
 * as their ASCII twins, one character for one, so that every offset is an offset into the original.
 */
public final class PlainView {

    private static final char FIRST_FULL_WIDTH = '\uFF01';
    private static final char LAST_FULL_WIDTH = '\uFF5E';
    private static final int FULL_WIDTH_OFFSET = FIRST_FULL_WIDTH - '!';

    private PlainView() {}

    /** The view; the same string where nothing had to change. */
    public static String of(String text) {
        char[] folded = null;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character > '~') {
                char plain = fold(character);
                if (plain != character) {
                    folded = folded == null ? text.toCharArray() : folded;
                    folded[i] = plain;
                }
            }
        }
        return folded == null ? text : new String(folded);
    }

    /** Full-width forms by Unicode's block layout; spaces and dashes by general category (Zs, Pd). */
    private static char fold(char character) {
        if (character >= FIRST_FULL_WIDTH && character <= LAST_FULL_WIDTH) {
            return (char) (character - FULL_WIDTH_OFFSET);
        }
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.DECIMAL_DIGIT_NUMBER -> (char) ('0' + Character.digit(character, 10));
            default -> character == '\u2212' ? '-' : character; // MINUS SIGN is a symbol, not a dash
        };
    }
}
