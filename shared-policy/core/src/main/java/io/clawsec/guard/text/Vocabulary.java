package io.clawsec.guard.text;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The words that the rules against injections are made of. A disguise is looked through only where one of them comes
 * out, so a harmless text that looks disguised costs next to nothing and changes nothing. Immutable.
 */
final class Vocabulary {

    /** No rules, no words. */
    static final Vocabulary NONE = new Vocabulary(Set.of());

    static final int MIN_WORD = 2;
    static final int MAX_WORD = 24;

    /** Letters from which on a word backwards or in rot13 is no other word by chance. */
    private static final int MIN_DISGUISED = 5;

    /** Letters of a beginning that is looked up. */
    static final int BEGINNING = 3;

    private static final int LETTER_BITS = 5;
    private static final int HASH_BITS = 15;
    private static final long MIXER = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio (Knuth, TAOCP 3, 6.4)

    private final Set<String> words;
    private final Set<String> reversed = new HashSet<>();
    private final Set<String> rotated = new HashSet<>();
    /** From a word with the letters that share a leet sign made one to the word. */
    private final Map<String, String> bySpelling = new HashMap<>();

    private final long[] hashes = new long[1 << (HASH_BITS - 6)];
    private final long[] disguisedHashes = new long[1 << (HASH_BITS - 6)];
    private final long[] spelledHashes = new long[1 << (HASH_BITS - 6)];
    private final long[] beginnings = new long[1 << (BEGINNING * LETTER_BITS - 6)];

    private Vocabulary(Set<String> words) {
        this.words = words;
        // In order: of two words with one spelling the same one must be read in every process.
        for (String word : new TreeSet<>(words)) {
            mark(hashes, word);
            mark(spelledHashes, LeetLetters.spelling(word));
            begin(word);
            bySpelling.putIfAbsent(LeetLetters.spelling(word), word);
            if (word.length() >= MIN_DISGUISED) {
                disguise(new StringBuilder(word).reverse().toString(), reversed);
                disguise(Rot13.rotate(word), rotated);
            }
        }
    }

    /** The words of the patterns. */
    static Vocabulary of(Collection<String> patterns) {
        Set<String> words = new HashSet<>();
        for (String pattern : patterns) {
            for (String word : PatternWords.of(pattern)) {
                if (word.length() >= MIN_WORD && word.length() <= MAX_WORD) {
                    words.add(word);
                }
            }
        }
        return new Vocabulary(Set.copyOf(words));
    }

    /** Whether the word, in lower case, is one of them. */
    boolean contains(String word) {
        return words.contains(word);
    }

    /** The word that is spelled so, once letters that share a leet sign are one; null if there is none. */
    @Nullable
    String spelled(String spelling) {
        return bySpelling.get(spelling);
    }

    /** Whether it is a word backwards. */
    boolean containsReversed(String word) {
        return reversed.contains(word);
    }

    /** Whether it is a word in rot13. */
    boolean containsRotated(String word) {
        return rotated.contains(word);
    }

    /**
     * False only if no word has as many letters and begins so.
     *
     * @param first the first letters, up to eight, five bits of each in a byte, the first in the lowest
     * @param length how many letters there are
     */
    boolean mayContain(long first, int length) {
        return isMarked(hashes, hash(first, length));
    }

    /** False only if no word, backwards or in rot13, has as many letters and begins so. */
    boolean mayContainDisguised(long first, int length) {
        return isMarked(disguisedHashes, hash(first, length));
    }

    /** False only if no word is spelled so, as {@link #spelled} has it, in as many letters. */
    boolean maySpell(long first, int length) {
        return isMarked(spelledHashes, hash(first, length));
    }

    /** Whether a word begins with the first three of these letters. */
    boolean mayBegin(long first) {
        return isMarked(beginnings, beginning(first));
    }

    /** The first letters of two words put together. */
    static long joined(long first, int firstLength, long second) {
        return firstLength >= Long.BYTES ? first : first | (second << (Byte.SIZE * firstLength));
    }

    /** The first letters, and one more in the given place. */
    static long with(long first, int place, int letter) {
        return place >= Long.BYTES ? first : first | ((letter & 0x1FL) << (Byte.SIZE * place));
    }

    private void disguise(String disguised, Set<String> all) {
        if (!words.contains(disguised)) {
            all.add(disguised);
            mark(disguisedHashes, disguised);
        }
    }

    private void begin(String word) {
        long first = 0;
        for (int i = 0; i < Math.min(BEGINNING, word.length()); i++) {
            first = with(first, i, word.charAt(i));
        }
        int place = beginning(first);
        beginnings[place >>> 6] |= 1L << place;
    }

    private static int beginning(long first) {
        int letters = 0;
        for (int i = 0; i < BEGINNING; i++) {
            letters |= (int) ((first >>> (Byte.SIZE * i)) & 0x1F) << (LETTER_BITS * i);
        }
        return letters;
    }

    private static void mark(long[] marks, String word) {
        long first = 0;
        for (int i = 0; i < word.length(); i++) {
            first = with(first, i, word.charAt(i));
        }
        int hash = hash(first, word.length());
        marks[hash >>> 6] |= 1L << hash;
    }

    private static boolean isMarked(long[] marks, int hash) {
        return ((marks[hash >>> 6] >>> hash) & 1) != 0;
    }

    private static int hash(long first, int length) {
        return (int) (((first + length) * MIXER) >>> (Long.SIZE - HASH_BITS));
    }
}
