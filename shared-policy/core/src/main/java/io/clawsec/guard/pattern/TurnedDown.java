package io.clawsec.guard.pattern;

/** Where a search goes on after a match that was turned down: a number that fails its checksum may hide one that does not. */
final class TurnedDown {

    /** A match is searched again only if it is this short, which keeps the search linear. */
    private static final int MAX_RETRY_CHARACTERS = 64;

    private TurnedDown() {}

    /** The match's next word, or its end if it is long. */
    static int resume(CharSequence text, int start, int end) {
        if (end - start > MAX_RETRY_CHARACTERS) {
            return end;
        }
        for (int at = start + 1; at < end; at++) {
            if (Character.isLetterOrDigit(text.charAt(at)) && !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return at;
            }
        }
        return end;
    }
}
