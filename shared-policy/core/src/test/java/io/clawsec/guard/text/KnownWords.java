package io.clawsec.guard.text;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The words by which spellings are looked through, for tests that must know what may be asked. */
public final class KnownWords {

    private final Vocabulary words;

    /** The words of these patterns. */
    public KnownWords(Collection<String> patterns) {
        this.words = Vocabulary.of(patterns);
    }

    /** Letters of the longest word in the text that is known. */
    public int longest(String text) {
        return longest(text, words::contains);
    }

    /** Letters of the longest known word that is no known word too when it is turned round. */
    public int longestTurned(String text) {
        return longest(
                text,
                word -> words.containsReversed(new StringBuilder(word).reverse().toString()));
    }

    /** Letters of the longest known word that is no known word too in rot13. */
    public int longestRotated(String text) {
        return longest(text, word -> words.containsRotated(Rot13.rotate(word)));
    }

    /** Whether every word with two letters or more, and fewer than the given number, is known. */
    public boolean allShorterAreKnown(String text, int letters) {
        return words(text)
                .filter(word -> word.length() > 1 && word.length() < letters)
                .allMatch(words::contains);
    }

    private static int longest(String text, Predicate<String> known) {
        return words(text).filter(known).mapToInt(String::length).max().orElse(0);
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)).filter(word -> !word.isEmpty());
    }
}
