package io.clawsec.guard.text;

/** Bytes that escapes gathered one by one, each with its span, on their way to the characters they spell in UTF-8. */
final class ByteRun {

    private static final int LONGEST_CHARACTER = 4;

    private final byte[] bytes = new byte[LONGEST_CHARACTER];
    private final int[] starts = new int[LONGEST_CHARACTER];
    private final ViewBuilder view;
    private int length;
    private int end;

    ByteRun(ViewBuilder view) {
        this.view = view;
    }

    /** Takes the next byte, which stands in the source from start to end. */
    void add(int value, int from, int to) {
        if (length > 0 && (end != from || !isContinuation(value))) {
            flush();
        }
        bytes[length] = (byte) value;
        starts[length] = from;
        length++;
        end = to;
        if (length == expected(bytes[0] & 0xFF)) {
            decode();
        } else if (length == LONGEST_CHARACTER || expected(bytes[0] & 0xFF) == 0) {
            flush();
        }
    }

    /** Gives up on a character that did not come to its end: it stays as it is written. */
    void flush() {
        length = 0;
    }

    private void decode() {
        int codePoint = length == 1 ? bytes[0] : bytes[0] & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            codePoint = (codePoint << 6) | (bytes[i] & 0x3F);
        }
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (surrogate || codePoint < shortest(length) || codePoint > Character.MAX_CODE_POINT) {
            flush();
            return;
        }
        view.replace(starts[0], end, Character.toString(codePoint));
        length = 0;
    }

    private static boolean isContinuation(int value) {
        return (value & 0xC0) == 0x80;
    }

    /** Bytes of the character that begins with this one; 0 if none does (RFC 3629). */
    private static int expected(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : LONGEST_CHARACTER;
    }

    /** The smallest code point that needs as many bytes: a longer form of a smaller one is forged. */
    private static int shortest(int length) {
        return switch (length) {
            case 1 -> 0;
            case 2 -> 0x80;
            case 3 -> 0x800;
            default -> 0x10000;
        };
    }
}
