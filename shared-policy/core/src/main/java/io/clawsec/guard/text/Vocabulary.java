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
    static final int MIN_DISGUISED = 5;

    /** Letters of a beginning that is looked up. */
    static final int BEGINNING = 3;

    /** Letters of one that is looked up where many letters may follow. */
    private static final int LONG_BEGINNING = 6;

    private static final int LETTER_BITS = 5;

    private final Set<String> words;
    private final Set<String> reversed = new HashSet<>();
    private final Set<String> rotated = new HashSet<>();
    /** From a word with the letters that share a leet sign made one to the word. */
    private final Map<String, String> bySpelling = new HashMap<>();

    private final WordFilter filter;
    private final WordFilter disguisedFilter;
    private final WordFilter spelledFilter;
    private final WordFilter longBeginnings;
    private final long[] beginnings = new long[1 << (BEGINNING * LETTER_BITS - 6)];
    private final long[] spelledBeginnings = new long[beginnings.length];

    private Vocabulary(Set<String> words) {
        this.words = words;
        Set<String> begun = new HashSet<>();
        // In order: of two words with one spelling the same one must be read in every process.
        for (String word : new TreeSet<>(words)) {
            String spelling = LeetLetters.spelling(word);
            begin(word, beginnings);
            begin(spelling, spelledBeginnings);
            bySpelling.putIfAbsent(spelling, word);
            if (word.length() >= LONG_BEGINNING) {
                begun.add(word.substring(0, LONG_BEGINNING));
            }
            if (word.length() >= MIN_DISGUISED) {
                disguise(new StringBuilder(word).reverse().toString(), reversed);
                disguise(Rot13.rotate(word), rotated);
            }
        }
        Set<String> disguised = new HashSet<>(reversed);
        disguised.addAll(rotated);
        this.longBeginnings = new WordFilter(begun);
        this.filter = new WordFilter(words);
        this.disguisedFilter = new WordFilter(disguised);
        this.spelledFilter = new WordFilter(bySpelling.keySet());
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
        return new Vocabulary(words);
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
     * @param first the first letters as {@link WordFilter} takes them
     * @param length how many letters there are
     */
    boolean mayContain(long first, int length) {
        return filter.mayContain(first, length);
    }

    /** False only if no word, backwards or in rot13, has as many letters and begins so. */
    boolean mayContainDisguised(long first, int length) {
        return disguisedFilter.mayContain(first, length);
    }

    /** False only if no word is spelled so, as {@link #spelled} has it, in as many letters. */
    boolean maySpell(long first, int length) {
        return spelledFilter.mayContain(first, length);
    }

    /** Whether a word begins with the first three of these letters. */
    private boolean mayBegin(long first) {
        return isMarked(beginnings, beginning(first));
    }

    /** Whether the spelling of a word begins with the first three of these letters. */
    boolean maySpellBeginning(long first) {
        return isMarked(spelledBeginnings, beginning(first));
    }

    private static boolean isMarked(long[] marks, int place) {
        return ((marks[place >>> 6] >>> place) & 1) != 0;
    }

    /** False only if no word has these letters at its beginning; asked after each letter. */
    boolean mayGoOn(long first, int length) {
        return switch (length) {
            case BEGINNING -> mayBegin(first);
            case LONG_BEGINNING -> longBeginnings.mayContain(first, length);
            default -> true;
        };
    }

    /** The first letters of two words put together. */
    static long joined(long first, int firstLength, long second) {
        return firstLength >= Long.BYTES ? first : first | (second << (Byte.SIZE * firstLength));
    }

    private void disguise(String disguised, Set<String> all) {
        if (!words.contains(disguised)) {
            all.add(disguised);
        }
    }

    private static void begin(String word, long[] marks) {
        long first = 0;
        for (int i = 0; i < Math.min(BEGINNING, word.length()); i++) {
            first = WordFilter.with(first, i, word.charAt(i));
        }
        int place = beginning(first);
        marks[place >>> 6] |= 1L << place;
    }

    private static int beginning(long first) {
        int letters = 0;
        for (int i = 0; i < BEGINNING; i++) {
            letters |= (int) ((first >>> (Byte.SIZE * i)) & 0x1F) << (LETTER_BITS * i);
        }
        return letters;
    }
}
