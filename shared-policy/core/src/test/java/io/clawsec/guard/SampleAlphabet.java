package io.clawsec.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The characters that a part of a format may have, and those that are not among them by a hair.
 *
 * @param ranges as in a character class, without its brackets: {@code A-Za-z0-9_-}
 * @param characters all of them
 */
record SampleAlphabet(String ranges, String characters) {

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("w", "A-Za-z0-9"),
            Map.entry("u", "A-Za-z0-9_-"),
            Map.entry("h", "0-9a-f"),
            Map.entry("H", "0-9A-F"),
            Map.entry("f", "a-fA-F0-9"),
            Map.entry("d", "0-9"),
            Map.entry("l", "a-z0-9"),
            Map.entry("U", "A-Z0-9"),
            Map.entry("b", "A-Za-z0-9+/"),
            Map.entry("a", "A-Za-z"),
            Map.entry("B", "a-z"),
            Map.entry("A", "A-Z"),
            Map.entry("g", "A-Za-z0-9_"),
            Map.entry("sl", "A-Za-z0-9-"),
            Map.entry("sd", "A-Za-z0-9%_/+-"),
            Map.entry("p", "A-Za-z0-9%+/"),
            Map.entry("pc", "A-Za-z0-9_%-"),
            Map.entry("c", "A-Za-z0-9_/%+-"),
            Map.entry("v", "A-Za-z0-9!#%*+./=@^_~-"),
            Map.entry("m", "A-Za-z0-9.-"),
            Map.entry("t", "A-Za-z0-9_~.-"),
            Map.entry("n", "A-Za-z0-9._-"),
            Map.entry("y", "a-z0-9_-"),
            Map.entry("j", "A-Za-z0-9+/="),
            Map.entry("k", "A-Za-z0-9+/=-"),
            Map.entry("32", "A-Z2-7"),
            Map.entry("3", "a-z2-7"),
            Map.entry("e", "="),
            Map.entry("q", "\"'"),
            Map.entry("o", "\""),
            Map.entry("bc", "A-Za-z0-9+/_-"),
            Map.entry("z", "A-Za-z0-9+/=_-"),
            Map.entry("pd", "A-Za-z0-9_+-"),
            Map.entry("sf", "A-Za-z0-9._"),
            Map.entry("tw", "A-Za-z0-9%"),
            Map.entry("dj", "a-z0-9!@#$%^&*(_=+)-"),
            Map.entry("s", " \t"),
            Map.entry("pw", "A-Za-z0-9!#%*+./=@^_-"),
            Map.entry("fill", "A-Za-z0-9_ .-"));

    /** By its name in the table of samples, or {@code x:} and its ranges. */
    static SampleAlphabet of(String name) {
        String ranges = name.startsWith("x:") ? name.substring(2) : NAMED.get(name);
        if (ranges == null) {
            throw new IllegalArgumentException("no alphabet is named " + name);
        }
        StringBuilder characters = new StringBuilder();
        for (int i = 0; i < ranges.length(); i++) {
            if (isRange(ranges, i)) {
                for (char c = ranges.charAt(i); c <= ranges.charAt(i + 2); c++) {
                    characters.append(c);
                }
                i += 2;
            } else {
                characters.append(ranges.charAt(i));
            }
        }
        return new SampleAlphabet(ranges, characters.toString());
    }

    private static boolean isRange(String ranges, int at) {
        return at + 2 < ranges.length() && ranges.charAt(at + 1) == '-';
    }

    boolean contains(char character) {
        return characters.indexOf(character) >= 0;
    }

    /** The first and the last of each range. */
    Set<Character> ends() {
        Set<Character> ends = new LinkedHashSet<>();
        for (int i = 0; i < ranges.length(); i++) {
            ends.add(ranges.charAt(i));
            if (isRange(ranges, i)) {
                ends.add(ranges.charAt(i + 2));
                i += 2;
            }
        }
        return ends;
    }

    /** What stands beside each range's ends and is in none of them, and a sign that few alphabets have. */
    Set<Character> strangers() {
        if (this.equals(of("v"))) {
            return Set.of(' ', '"'); // what stands in an address or a password has no neat bounds
        }
        Set<Character> strangers = new LinkedHashSet<>();
        for (int i = 0; i < ranges.length(); i++) {
            if (isRange(ranges, i)) {
                strangers.add((char) (ranges.charAt(i) - 1));
                strangers.add((char) (ranges.charAt(i + 2) + 1));
                i += 2;
            }
        }
        strangers.add('~');
        strangers.removeIf(this::contains);
        return strangers;
    }

    /** Deals all characters in a random order, again and again. */
    final class Deck {

        private final List<Character> cards = new ArrayList<>();
        private final Random random;

        Deck(Random random) {
            this.random = random;
        }

        char next() {
            if (cards.isEmpty()) {
                characters.chars().forEach(c -> cards.add((char) c));
                Collections.shuffle(cards, random);
            }
            return cards.remove(cards.size() - 1);
        }
    }
}
