package io.clawsec.fuzz;

import static io.clawsec.fuzz.FuzzTarget.check;

import io.clawsec.guard.pattern.PatternRefusedException;
import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.pattern.PatternStream;
import io.clawsec.guard.pattern.Re2Oracle;
import java.util.ArrayList;
import java.util.List;

/**
 * Any two patterns, a line each, on the text in the lines after them: a pattern is refused for a reason or finds what
 * RE2/J finds, and with a bound on its matches it finds the same however the text is cut.
 */
final class MatchTarget {

    private static final int PATTERNS = 2;
    private static final int MAX_PATTERN_CHARACTERS = 120;
    private static final int MAX_TEXT_CHARACTERS = 2_000;

    /** From here on RE2/J's tables and this Java's are of different versions of Unicode. */
    private static final int FIRST_UNSETTLED = 0x370;

    private MatchTarget() {}

    static void test(String input) {
        String[] lines = input.split("\n", PATTERNS + 1);
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].length() <= MAX_PATTERN_CHARACTERS && isAccepted(lines[i])) {
                accepted.add(lines[i]);
            }
        }
        String text = lines[lines.length - 1];
        if (!accepted.isEmpty() && text.length() <= MAX_TEXT_CHARACTERS) {
            findsWhatRe2Finds(accepted, text);
            findsTheSameInPieces(accepted, text);
        }
    }

    private static boolean asksForTables(List<String> regexes) {
        return regexes.stream().anyMatch(regex -> regex.contains("\\p") || regex.contains("\\P"));
    }

    /** RE2/J looks for a literal by its UTF-16 units, and so finds half a pair within a whole one. */
    private static boolean asksForHalfPairs(String regex) {
        return regex.codePoints().anyMatch(codePoint -> codePoint >= 0xD800 && codePoint <= 0xDFFF);
    }

    private static boolean isAccepted(String regex) {
        try {
            PatternSet.check(spec(regex, PatternSpec.MIN_MAX_LENGTH));
            return true;
        } catch (PatternRefusedException refused) {
            return false;
        }
    }

    private static PatternSpec spec(String regex, int maxLength) {
        return new PatternSpec("fuzzed", regex, List.of(), List.of(), maxLength);
    }

    private static PatternSet compile(List<String> regexes, int maxLength) {
        return PatternSet.compile(
                regexes.stream().map(regex -> spec(regex, maxLength)).toList());
    }

    private static void findsWhatRe2Finds(List<String> regexes, String text) {
        if (regexes.stream().anyMatch(MatchTarget::asksForHalfPairs)) {
            return;
        }
        if (asksForTables(regexes) && text.chars().anyMatch(character -> character >= FIRST_UNSETTLED)) {
            return;
        }
        List<String> found = new ArrayList<>();
        compile(regexes, Integer.MAX_VALUE)
                .scan(text, (pattern, start, end) -> start == end || found.add(pattern + ":" + start + "-" + end));
        List<String> expected = new Re2Oracle(regexes).find(text);
        found.sort(null);
        expected.sort(null);
        check(found.equals(expected), "it found ", List.of(found, " where RE2/J finds ", expected));
    }

    private static void findsTheSameInPieces(List<String> regexes, String text) {
        PatternSet patterns = compile(regexes, PatternSpec.MIN_MAX_LENGTH);
        Found whole = new Found(text.length());
        patterns.scan(text, whole);
        for (int piece : new int[] {1, 7, 64}) {
            Found pieces = new Found(text.length());
            PatternStream stream = patterns.stream(pieces);
            for (int at = 0; at < text.length(); at += piece) {
                stream.append(text.substring(at, Math.min(text.length(), at + piece)));
            }
            stream.finish();
            check(
                    pieces.matches().equals(whole.matches()),
                    "in pieces of ",
                    List.of(piece, " it found ", pieces.matches(), ", not ", whole.matches()));
        }
    }

    /** Notes the matches, and turns down some of them. */
    private static final class Found implements PatternSet.Sink {

        private final int length;
        private final List<String> matches = new ArrayList<>();

        Found(int length) {
            this.length = length;
        }

        List<String> matches() {
            matches.sort(null);
            return matches;
        }

        @Override
        public boolean found(int pattern, int start, int end) {
            check(0 <= start && start <= end && end <= length, "a span is out of the text: ", List.of(start, "-", end));
            matches.add(pattern + ":" + start + "-" + end);
            return (start + end) % 3 != 0;
        }

        @Override
        public void extended(int pattern, int start, int end) {
            check(end <= length, "a span is out of the text: ", List.of(start, "-", end));
            matches.add(pattern + ":" + start + " to " + end);
        }
    }
}
