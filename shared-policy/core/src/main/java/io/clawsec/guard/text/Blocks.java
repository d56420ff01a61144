package io.clawsec.guard.text;

/**
 * Cuts a text into blocks, each of which is revealed for itself: a run of visible characters and the white space behind
 * it. Where a block ends depends on its own characters alone, so a text that comes in pieces is cut as the whole is.
 */
final class Blocks {

    /** The longest block; a multiple of what base64 and hexadecimal are read by. */
    static final int MAX_LENGTH = 256;

    /** A longer block is cut behind this place, where it costs a reader of its two parts least. */
    private static final int FIRST_SEAM = MAX_LENGTH / 2;
    /** Characters of base64 that make whole bytes. */
    private static final int QUANTUM = 4;
    /** The longest escape that is kept whole: a code point in HTML with a few zeros before it. */
    private static final int MAX_ESCAPE = 10;

    /** Thai's; the scripts before it put blanks between words. */
    private static final char FIRST_ALONE = '\u0E00';

    private Blocks() {}

    /**
     * Where the block that begins here ends; -1 if that is not known yet.
     *
     * @param ended whether the text ends where the string does
     */
    static int end(String text, int start, boolean ended) {
        int limit = Math.min(text.length(), start + MAX_LENGTH);
        for (int at = start; at < limit; at++) {
            char character = text.charAt(at);
            if (character <= ' ' || character > '~') {
                if (isWhite(character)) {
                    return at + 1;
                }
                if (isAlone(character)) {
                    return Math.max(at, start + 1);
                }
            }
        }
        if (limit == start + MAX_LENGTH) {
            return seam(text, start, limit);
        }
        return ended && limit > start ? limit : -1;
    }

    private static boolean isWhite(char character) {
        if (character <= ' ') {
            return character == ' ' || (character >= '\t' && character <= '\r');
        }
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> character == '\u0085'; // NEXT LINE is a control
        };
    }

    /** Letters of scripts without blanks between words, and such: they change no other character and no other changes them. */
    private static boolean isAlone(char character) {
        return character >= FIRST_ALONE
                && Character.isLetter(character)
                && FoldTable.get().value(character) == FoldTable.UNCHANGED;
    }

    /** The last place before the limit at which no pair, letter with its marks, escape or quantum is torn. */
    private static int seam(String text, int start, int limit) {
        int seam = limit - QUANTUM;
        int run = -1;
        int sign = -MAX_ESCAPE;
        for (int at = start + 1; at < limit; at++) {
            char before = text.charAt(at - 1);
            char behind = text.charAt(at);
            run = !Payloads.isInAlphabet(before) ? -1 : run < 0 ? at - 1 : run;
            sign = isEscapeSign(before) ? at - 1 : sign;
            boolean quantum = run >= 0 && Payloads.isInAlphabet(behind) && (at - run) % QUANTUM != 0;
            boolean escape = at - sign < MAX_ESCAPE && (!isEscapeSign(behind) || behind == before);
            if (at - start >= FIRST_SEAM && !quantum && !escape && !goesOn(before, behind)) {
                seam = at;
            }
        }
        return Character.isSurrogatePair(text.charAt(seam - 1), text.charAt(seam)) ? seam - 1 : seam;
    }

    /** Whether the character belongs to the one before. */
    private static boolean goesOn(char before, char behind) {
        return behind > '~'
                && (Character.isSurrogatePair(before, behind)
                        || FoldTable.get().value(behind) == FoldTable.MARK
                        || FoldTable.get().value(behind) == FoldTable.REMOVED);
    }

    private static boolean isEscapeSign(char character) {
        return switch (character) {
            case '%', '&', '\\', '=' -> true;
            default -> false;
        };
    }
}
