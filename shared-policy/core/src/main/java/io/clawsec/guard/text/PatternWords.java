package io.clawsec.guard.text;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The words that a pattern is made of, read from its source: {@code instruct(?:ions?|ed)\s+(?:from|by)} gives
 * instruction, instructions, instructed, from and by. What stands between words, and what is no plain letter, ends a
 * word. An estimate: it serves to put words together that were taken apart, and matches nothing.
 */
final class PatternWords {

    /** Strings that one part of a pattern may stand for; what is more is passed over. */
    private static final int MAX_STRINGS = 4_000;

    private static final int MAX_DEPTH = 60;
    /** Letters of a class that are spelt out, such as {@code [sz]}; a larger class is any letter. */
    private static final int MAX_CLASS = 4;

    private final String pattern;
    private final Set<String> words = new LinkedHashSet<>();
    private int at;

    private PatternWords(String pattern) {
        this.pattern = pattern;
    }

    /** The words, in lower case, of letters from a to z. */
    static Set<String> of(String pattern) {
        PatternWords reader = new PatternWords(pattern);
        while (reader.at < pattern.length()) {
            reader.emit(reader.alternatives(0));
            reader.at++; // a bracket that closes nothing
        }
        reader.words.remove("");
        return reader.words;
    }

    /**
     * What a part of a pattern stands for.
     *
     * @param whole strings of letters that it may be as a whole
     * @param heads strings of letters that it may begin with, before a word ends in it
     * @param tails strings of letters that it may end with, after one
     */
    private record Part(Set<String> whole, Set<String> heads, Set<String> tails) {

        static final Part NOTHING = new Part(Set.of(""), Set.of(), Set.of());
        static final Part END_OF_WORD = new Part(Set.of(), Set.of(""), Set.of(""));

        static Part letters(String letters) {
            return new Part(Set.of(letters), Set.of(), Set.of());
        }

        void add(Part other) {
            whole.addAll(other.whole);
            heads.addAll(other.heads);
            tails.addAll(other.tails);
        }

        boolean isEndOfWord() {
            return whole.isEmpty() && heads.equals(Set.of("")) && tails.equals(Set.of(""));
        }

        Part or(Part other) {
            return new Part(union(whole, other.whole), union(heads, other.heads), union(tails, other.tails));
        }
    }

    private Part alternatives(int depth) {
        Part first = sequence(depth);
        if (at == pattern.length() || pattern.charAt(at) != '|') {
            return first;
        }
        Part all = new Part(
                new LinkedHashSet<>(first.whole), new LinkedHashSet<>(first.heads), new LinkedHashSet<>(first.tails));
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            all.add(sequence(depth));
        }
        return all;
    }

    private Part sequence(int depth) {
        Part sequence = Part.NOTHING;
        while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
            sequence = then(sequence, quantified(atom(depth)));
        }
        return sequence;
    }

    @SuppressWarnings("ReferenceEquality") // the two constants are known at a glance; their like take the long way
    private Part then(Part first, Part second) {
        if (first == Part.NOTHING) {
            return second;
        }
        if (second == Part.END_OF_WORD) {
            emit(first.tails);
            return first == second ? second : new Part(Set.of(), union(first.heads, first.whole), second.tails);
        }
        emit(product(first.tails, second.heads));
        return new Part(
                product(first.whole, second.whole),
                union(first.heads, product(first.whole, second.heads)),
                union(second.tails, product(first.tails, second.whole)));
    }

    private Part quantified(Part part) {
        if (at == pattern.length()) {
            return part;
        }
        boolean optional = false;
        boolean repeated = false;
        switch (pattern.charAt(at)) {
            case '?' -> optional = true;
            case '*' -> {
                optional = true;
                repeated = true;
            }
            case '+' -> repeated = true;
            case '{' -> {
                optional = pattern.startsWith("{0", at) || pattern.startsWith("{,", at);
                repeated = true;
                at = Math.max(at, pattern.indexOf('}', at));
            }
            default -> {
                return part;
            }
        }
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '?') { // as few as may be
            at++;
        }
        if (repeated) {
            emit(product(part.tails, part.heads));
        }
        // Where a blank may be left out, the words beside it are two all the same.
        return optional && !part.isEndOfWord() ? part.or(Part.NOTHING) : part;
    }

    private Part atom(int depth) {
        char character = pattern.charAt(at++);
        return switch (character) {
            case '(' -> group(depth);
            case '[' -> characterClass();
            case '\\' -> escape();
            default -> isPlain(character) ? letters() : Part.END_OF_WORD;
        };
    }

    /** A run of plain letters at once, but for the last one if that alone is optional or repeated. */
    private Part letters() {
        int start = at - 1;
        while (at < pattern.length() && isPlain(pattern.charAt(at))) {
            at++;
        }
        boolean quantified = at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0;
        at = quantified && at - start > 1 ? at - 1 : at;
        return Part.letters(pattern.substring(start, at).toLowerCase(Locale.ROOT));
    }

    private static boolean isPlain(char character) {
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private Part group(int depth) {
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            while (at < pattern.length() && ":)>".indexOf(pattern.charAt(at)) < 0) {
                at++;
            }
            if (at < pattern.length() && pattern.charAt(at) == ')') { // flags for what follows
                at++;
                return Part.NOTHING;
            }
            at++;
        }
        if (depth >= MAX_DEPTH) {
            return Part.END_OF_WORD;
        }
        Part inside = alternatives(depth + 1);
        at++;
        return inside;
    }

    private Part characterClass() {
        int start = at;
        int end = start + 1; // a bracket in the first place closes nothing
        while (end < pattern.length() && pattern.charAt(end) != ']') {
            end += pattern.charAt(end) == '\\' ? 2 : 1;
        }
        at = Math.min(end + 1, pattern.length());
        String members = pattern.substring(start, Math.min(end, pattern.length()));
        if (members.length() > MAX_CLASS || !isLetters(members)) {
            return Part.END_OF_WORD;
        }
        // Views are folded, so of a letter with and without its mark the bare one counts.
        Part any = new Part(new LinkedHashSet<>(), Set.of(), Set.of());
        for (int i = 0; i < members.length(); i++) {
            if (isPlain(members.charAt(i))) {
                any.whole.add(members.substring(i, i + 1).toLowerCase(Locale.ROOT));
            }
        }
        return any.whole.isEmpty() ? Part.END_OF_WORD : any;
    }

    private static boolean isLetters(String members) {
        for (int i = 0; i < members.length(); i++) {
            if (!Character.isLetter(members.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Every escape ends a word, for none that a rule is written with is a letter. */
    private Part escape() {
        boolean property = at < pattern.length() && "pP".indexOf(pattern.charAt(at)) >= 0;
        at++;
        if (property && at < pattern.length() && pattern.charAt(at) == '{') {
            at = Math.max(at, pattern.indexOf('}', at)) + 1;
        }
        return Part.END_OF_WORD;
    }

    private void emit(Part part) {
        emit(part.whole);
        emit(part.heads);
        emit(part.tails);
    }

    private void emit(Set<String> found) {
        words.addAll(found);
    }

    private static Set<String> product(Set<String> first, Set<String> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return Set.of();
        }
        if (first.size() == 1 && first.contains("")) {
            return second;
        }
        if (second.size() == 1 && second.contains("")) {
            return first;
        }
        Set<String> all = new LinkedHashSet<>();
        for (String left : first) {
            for (String right : second) {
                if (all.size() < MAX_STRINGS) {
                    all.add(left + right);
                }
            }
        }
        return all;
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }
}
