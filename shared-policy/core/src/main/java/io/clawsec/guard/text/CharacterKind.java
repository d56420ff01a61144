package io.clawsec.guard.text;

/** {@link Character}'s answers, from a table for ASCII: the loops over a whole text ask for each of its characters. */
final class CharacterKind {

    private static final int ASCII = 128;
    private static final byte LETTER_OR_DIGIT = 1;
    private static final byte WHITE_SPACE = 2;
    private static final byte LETTER = 4;
    private static final byte[] KINDS = kinds();

    private CharacterKind() {}

    static boolean isLetterOrDigit(char character) {
        return character < ASCII ? (KINDS[character] & LETTER_OR_DIGIT) != 0 : Character.isLetterOrDigit(character);
    }

    static boolean isLetter(char character) {
        return character < ASCII ? (KINDS[character] & LETTER) != 0 : Character.isLetter(character);
    }

    static boolean isWhitespace(char character) {
        return character < ASCII ? (KINDS[character] & WHITE_SPACE) != 0 : Character.isWhitespace(character);
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[ASCII];
        for (int character = 0; character < ASCII; character++) {
            kinds[character] |= Character.isLetterOrDigit(character) ? LETTER_OR_DIGIT : 0;
            kinds[character] |= Character.isLetter(character) ? LETTER : 0;
            kinds[character] |= Character.isWhitespace(character) ? WHITE_SPACE : 0;
        }
        return kinds;
    }
}
