package io.clawsec.guard.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which of 64 characters at a time are letters and which are neither letters nor blanks, as bits of a number, the first
 * character the lowest; eight characters are compared by the arithmetic of one long (Lamport, "Multiple Byte Processing
 * with Full-Word Instructions", 1975). A loop over characters costs several times as much: processors cannot foresee
 * where words end.
 */
final class AsciiBlock {

    /** Characters in a block. */
    static final int SIZE = Long.SIZE;

    private static final char LAST_LATIN_1 = '\u00FF';
    /** Eight characters at a time, of a byte each. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final long EACH = 0x0101010101010101L;
    private static final long LOW = 0x7F * EACH;
    static final long HIGH = ~LOW;
    private static final long CASE = 0x20 * EACH;
    /** Adding it takes {@code a}, and all that is greater, to the highest bit; the other does so behind {@code z}. */
    private static final long FROM_A = (0x80 - 'a') * EACH;

    private static final long BEHIND_Z = (0x80 - 'z' - 1) * EACH;
    /** Multiplying by it collects the lowest bits of eight bytes in the highest byte. */
    private static final long COLLECT = 0x0102040810204080L;

    private static final long[] FIRST = firsts();

    private final byte[] characters;
    private long letters;
    private long others;

    /** Takes the text's characters, those past Latin-1 as question marks. */
    AsciiBlock(String text) {
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        // Room to read a long from every place.
        this.characters = Arrays.copyOf(latin, (text.length() / SIZE + 2) * SIZE);
        if (latin.length < text.length()) { // a pair became one question mark
            for (int i = 0; i < text.length(); i++) {
                char character = text.charAt(i);
                characters[i] = (byte) (character > LAST_LATIN_1 ? '?' : character);
            }
        }
    }

    /** Looks at the block that begins here. */
    void read(int start) {
        long inWords = 0;
        long outside = 0;
        for (int i = 0; i < SIZE; i += Long.BYTES) {
            long eight = (long) LONGS.get(characters, start + i);
            long lower = (eight | CASE) & LOW;
            long letter = (lower + FROM_A) & ~(lower + BEHIND_Z) & ~eight & HIGH;
            long unlikeBlank = eight ^ CASE; // a blank is that bit alone
            long blank = ~(((unlikeBlank & LOW) + LOW) | unlikeBlank) & HIGH;
            inWords |= collect(letter) << i;
            outside |= collect(~(letter | blank) & HIGH) << i;
        }
        letters = inWords;
        others = outside;
    }

    /** The letters from a to z, small and capital. */
    long letters() {
        return letters;
    }

    /** What is neither such a letter nor a blank; behind the text's end, that too. */
    long others() {
        return others;
    }

    /** The character at the place in the text, 0 behind its end. */
    int character(int at) {
        return characters[at] & 0xFF;
    }

    boolean isLetter(int at) {
        int lower = characters[at] | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** The first letters of a word, up to eight, as {@link Vocabulary#mayContain} takes them. */
    long firstLetters(int start, int length) {
        return (long) LONGS.get(characters, start) & FIRST[Math.min(length, Long.BYTES)];
    }

    private static long collect(long highBits) {
        return ((highBits >>> 7) * COLLECT) >>> (Long.SIZE - Byte.SIZE);
    }

    private static long[] firsts() {
        long[] firsts = new long[Long.BYTES + 1];
        for (int length = 1; length < firsts.length; length++) {
            firsts[length] = (firsts[length - 1] << Byte.SIZE) | 0x1F;
        }
        return firsts;
    }
}
