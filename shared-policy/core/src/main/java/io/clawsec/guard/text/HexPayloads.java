package io.clawsec.guard.text;

import java.util.Arrays;

/** Finds and decodes texts in hexadecimal: in one run, or as pairs with a separator between each two. */
final class HexPayloads {

    /** Pairs of the shortest payload. */
    static final int MIN_PAIRS = 8;

    private static final byte[] NOTHING = {};
    private static final String SEPARATORS = " :,;-_\n\t";
    private static final int MAX_SEPARATORS = 2;

    private final String text;

    HexPayloads(String text) {
        this.text = text;
    }

    /**
     * Start of the next run of digits from here that is long enough, or the end. Reads backwards from where the least run
     * would end, so that most of what is none is never read (Boyer and Moore, "A fast string searching algorithm", 1977).
     */
    int next(int from, int end) {
        int start = from;
        while (start + Payloads.MIN_CHARACTERS <= end) {
            int last = start + Payloads.MIN_CHARACTERS - 1;
            while (last >= start && Escapes.hexDigit(text.charAt(last)) >= 0) {
                last--;
            }
            if (last < start) {
                return start;
            }
            start = last + 1;
        }
        return end;
    }

    /** Where the run of digits from here ends. */
    int end(int from, int end) {
        int at = from;
        while (at < end && Escapes.hexDigit(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The bytes of the run if they are text, none if they are not: digests, colours, decimal numbers. */
    byte[] text(int from, int to) {
        boolean decimal = true;
        for (int i = from; i < to && decimal; i++) {
            decimal = text.charAt(i) <= '9';
        }
        for (int odd = 0; odd < 2 && !decimal; odd++) {
            byte[] few = bytes(from + odd, Math.min(to, from + odd + Payloads.MIN_CHARACTERS));
            if (TextBytes.mayBeText(few, few.length)) {
                byte[] all = bytes(from + odd, to);
                return TextBytes.areText(all, all.length) ? all : NOTHING;
            }
        }
        return NOTHING;
    }

    /** Where the pairs that begin here end; here, if they are too few. */
    int endOfPairs(int start) {
        int end = start;
        int pairs = 0;
        int at = prefixed(start);
        while (Escapes.hex(text, at) >= 0 && !isHex(at + 2)) {
            pairs++;
            end = at + 2;
            at = prefixed(separated(end));
            if (at == end) {
                break;
            }
        }
        return pairs >= MIN_PAIRS ? end : start;
    }

    /** The bytes of the pairs between. */
    byte[] pairs(int start, int end) {
        byte[] bytes = new byte[(end - start) / 2];
        int length = 0;
        for (int at = prefixed(start); at < end; at = prefixed(separated(at + 2))) {
            bytes[length++] = (byte) Escapes.hex(text, at);
        }
        return Arrays.copyOf(bytes, length);
    }

    private byte[] bytes(int from, int to) {
        byte[] bytes = new byte[(to - from) / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Escapes.hex(text, from + 2 * i);
        }
        return bytes;
    }

    private boolean isHex(int at) {
        return at < text.length() && Escapes.hexDigit(text.charAt(at)) >= 0;
    }

    private int separated(int from) {
        int at = from;
        while (at < text.length() && at - from < MAX_SEPARATORS && isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(char character) {
        return !CharacterKind.isLetterOrDigit(character) && SEPARATORS.indexOf(character) >= 0;
    }

    private int prefixed(int at) {
        boolean prefix = at + 1 < text.length() && text.charAt(at) == '0' && (text.charAt(at + 1) | 0x20) == 'x';
        return prefix ? at + 2 : at;
    }
}
