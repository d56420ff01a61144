package io.clawsec.guard.text;

/** What signs of disguises a text has, and in which segments of it. Not for several threads. */
final class Signs {

    /** An escape of a URL, of HTML, of mail or of a program. */
    static final int ESCAPED = 1;
    /** A run that may be base64 or hexadecimal. */
    static final int ENCODED = 1 << 1;
    /** A known word written with digits or signs. */
    static final int LEET = 1 << 2;
    /** A known word in pieces, or single letters. */
    static final int SPLIT = 1 << 3;
    /** A known word backwards. */
    static final int REVERSED = 1 << 4;
    /** A known word in rot13. */
    static final int ROTATED = 1 << 5;
    /** A stretch of blanks that pushes words apart. */
    static final int PADDED = 1 << 6;
    /** Letters without a blank, more than any known word has. */
    static final int RUN_TOGETHER = 1 << 7;

    /** All of them. */
    static final int ANY = -1;

    /** Characters of a segment, for each of which is told what signs begin in it. */
    static final int SEGMENT = 512;

    private final int[] bySegment;

    private Signs(int[] bySegment) {
        this.bySegment = bySegment;
    }

    /** The signs in the text. */
    static Signs of(String text, Vocabulary words) {
        return new Signs(new SignSearch(text, words).bySegment());
    }

    /** All of them, as one number. */
    int all() {
        return between(0, bySegment.length);
    }

    int segments() {
        return bySegment.length;
    }

    /** Takes back a sign that turned out to be none. */
    void forget(int sign) {
        for (int segment = 0; segment < bySegment.length; segment++) {
            bySegment[segment] &= ~sign;
        }
    }

    /** The signs in the segments from first to before last. */
    int between(int first, int last) {
        int all = 0;
        for (int segment = first; segment < last; segment++) {
            all |= bySegment[segment];
        }
        return all;
    }
}
