package io.clawsec.guard.text;

import java.nio.charset.StandardCharsets;

/** Tells bytes that are text from bytes that are an image, a digest or a key. */
final class TextBytes {

    /** Of a hundred bytes, so many may be no text: a text may have something before or behind it. */
    private static final int MAX_BAD_PERCENT = 15;
    /** Of a hundred pairs, so many end in zero in UTF-16's little-endian form of a Latin text. */
    private static final int MIN_WIDE_PERCENT = 70;

    private TextBytes() {}

    /** Whether a few first bytes leave it open; the cheap look that turns down what is random. */
    static boolean mayBeText(byte[] bytes, int length) {
        return length > 0 && (isWide(bytes, length) || bad(bytes, length) <= length / 3);
    }

    /** Whether the first bytes, which may end within a character, are mostly text. */
    static boolean areText(byte[] bytes, int length) {
        int allowed = Math.max(1, length * MAX_BAD_PERCENT / 100);
        return isWide(bytes, length) ? badWide(bytes, length) <= allowed : bad(bytes, length) <= allowed;
    }

    static String decode(byte[] bytes) {
        return new String(bytes, isWide(bytes, bytes.length) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }

    private static boolean isWide(byte[] bytes, int length) {
        int pairs = length / 2;
        int zeros = 0;
        for (int i = 1; i < length; i += 2) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return pairs > 0 && zeros * 100 >= pairs * MIN_WIDE_PERCENT;
    }

    private static int badWide(byte[] bytes, int length) {
        int bad = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            bad += bytes[i + 1] == 0 && !isPrintable(bytes[i]) ? 2 : 0;
        }
        return bad;
    }

    private static int bad(byte[] bytes, int length) {
        int bad = 0;
        int at = 0;
        while (at < length) {
            int size = bytes[at] >= 0 ? (isPrintable(bytes[at]) ? 1 : 0) : sequence(bytes, at, length);
            bad += size == 0 ? 1 : 0;
            at += Math.max(1, size);
        }
        return bad;
    }

    /** Bytes of the UTF-8 sequence of several that begins here; 0 if none does. */
    private static int sequence(byte[] bytes, int at, int length) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        for (int i = 1; i < size && at + i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    private static boolean isPrintable(byte value) {
        return (value >= ' ' && value != 0x7F) || (value >= '\t' && value <= '\r');
    }
}
