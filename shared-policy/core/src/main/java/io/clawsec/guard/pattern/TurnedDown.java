package io.clawsec.guard.pattern;

/** Where a search goes on after a match that was turned down: a number that fails its checksum may hide one that does not. */
final class TurnedDown {

    /** A match is searched again only if it is this short, which keeps the search linear. */
    private static final int MAX_RETRY_CHARACTERS = 64;

    private TurnedDown() {}

    /** The match's next word, or its end if it is long; the text's first character stands at the base. */
    static int resume(CharSequence text, int base, int start, int end) {
        if (end - start > MAX_RETRY_CHARACTERS) {
            return end;
        }
        for (int at = start + 1; at < end; at++) {
            if (isWord(text.charAt(at - base)) && !isWord(text.charAt(at - 1 - base))) {
                return at;
            }
        }
        return end;
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character);
    }
}
