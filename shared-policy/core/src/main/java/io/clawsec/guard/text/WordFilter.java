package io.clawsec.guard.text;

import java.util.Collection;

/**
 * Tells of nearly every word that it is not in a set, without making a string of it: a bit for its hash, then its length
 * and first letters. Immutable.
 */
final class WordFilter {

    /** Letters of a word that are looked at. */
    static final int FIRST_LETTERS = Long.BYTES;

    private static final int LETTER_BITS = 5;
    private static final long LETTER = (1L << LETTER_BITS) - 1;
    private static final int HASH_BITS = 15;
    private static final long MIXER = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio (Knuth, TAOCP 3, 6.4)

    private final long[] bits = new long[1 << (HASH_BITS - 6)];

    /** Open addressing, 0 where nothing is. */
    private final long[] keys;

    /** The words, each of {@value Vocabulary#MAX_WORD} letters at most. */
    WordFilter(Collection<String> words) {
        this.keys = new long[Integer.highestOneBit(Math.max(1, words.size())) * 4];
        for (String word : words) {
            long first = 0;
            for (int i = 0; i < word.length(); i++) {
                first = with(first, i, word.charAt(i));
            }
            add(key(first, word.length()));
        }
    }

    private void add(long key) {
        long hash = key * MIXER;
        bits[bit(hash) >>> 6] |= 1L << bit(hash);
        int place = place(hash);
        while (keys[place] != 0) {
            place = (place + 1) & (keys.length - 1);
        }
        keys[place] = key;
    }

    /**
     * False only if no word has as many letters and begins so.
     *
     * @param first the first letters, up to eight, five bits of each in a byte, the first in the lowest
     * @param length how many letters there are, at least one
     */
    boolean mayContain(long first, int length) {
        if (length > Vocabulary.MAX_WORD) {
            return false;
        }
        long key = key(first, length);
        long hash = key * MIXER;
        if ((bits[bit(hash) >>> 6] >>> bit(hash) & 1) == 0) {
            return false;
        }
        int place = place(hash);
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return keys[place] == key;
    }

    /** The first letters, and one more in the given place. */
    static long with(long first, int place, int letter) {
        return place >= FIRST_LETTERS ? first : first | ((letter & LETTER) << (Byte.SIZE * place));
    }

    /** The length stands in the bits that the first two letters leave. */
    private static long key(long first, int length) {
        return first | (length & 7L) << LETTER_BITS | (long) (length >>> 3) << (Byte.SIZE + LETTER_BITS);
    }

    private static int bit(long hash) {
        return (int) (hash >>> (Long.SIZE - HASH_BITS));
    }

    private int place(long hash) {
        return (int) (hash >>> 24) & (keys.length - 1);
    }
}
