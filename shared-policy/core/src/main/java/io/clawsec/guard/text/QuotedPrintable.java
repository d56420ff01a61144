package io.clawsec.guard.text;

/** Whether a text is written in the quoted-printable form of mail (RFC 2045, 6.7), and where its lines go on. */
final class QuotedPrintable {

    /** Of escapes: below it, and without a line broken softly, they are sums and parameters. */
    private static final int MIN_ESCAPES = 3;

    private QuotedPrintable() {}

    static boolean isIn(String text) {
        int escapes = 0;
        for (int at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
            escapes += Escapes.hex(text, at + 1) >= 0 ? 1 : isSoftBreak(text, at) ? MIN_ESCAPES : 0;
            if (escapes >= MIN_ESCAPES) {
                return true;
            }
        }
        return false;
    }

    /** A line that goes on in the next one: the sign stands right behind something, right before the end. */
    static boolean isSoftBreak(String text, int at) {
        return (text.startsWith("=\n", at) || text.startsWith("=\r\n", at))
                && at > 0
                && text.charAt(at - 1) > ' '
                && text.charAt(at - 1) != '='
                && !isPadding(text, at);
    }

    /** Whether the sign fills up the last quantum of a payload in base64. */
    private static boolean isPadding(String text, int at) {
        int start = at;
        while (start > 0 && Payloads.isInAlphabet(text.charAt(start - 1))) {
            start--;
        }
        return at - start >= Payloads.MIN_CHARACTERS && (at - start) % 4 == 3;
    }
}
