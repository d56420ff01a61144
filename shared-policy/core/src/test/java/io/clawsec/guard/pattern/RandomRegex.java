package io.clawsec.guard.pattern;

import java.util.List;
import java.util.Random;

/** Patterns and texts made at random from a few characters, so that they meet often. */
final class RandomRegex {

    private static final List<String> ATOMS = List.of(
            "a",
            "b",
            "c",
            "1",
            " ",
            "-",
            "k",
            "\u00E9",
            "\uD83D\uDE00",
            ".",
            "\\d",
            "\\w",
            "\\s",
            "\\W",
            "[ab]",
            "[^a]",
            "[a-c1]",
            "[[:alpha:]]",
            "\\p{L}",
            "\\P{L}",
            "[^\\p{L}b]",
            "\\x{e9}",
            "\\.",
            "(?i:K)",
            "(?s:.)",
            "\\Qa-\\E",
            "s",
            "\u03C3",
            "(?i:\u03C3)",
            "(?i:s)");
    private static final List<String> CONDITIONS = List.of("\\b", "\\B", "^", "$", "\\A", "\\z", "(?m:^)", "(?m:$)");
    private static final List<String> REPEATS = List.of(
            "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}", "{3,20}", "{17,}", "{0,30}", "{1,40}?");
    /** Alone within a pattern: a repeat behind them is one of what stands before them. */
    private static final List<String> FLAGS = List.of("(?i)", "(?-i)", "(?s)", "(?m)", "(?U)", "(?)");

    private static final String LETTERS = "aaabbbccc111  --kK\n.sS\u017F\u212A\u00E9\u00C9\u03C3\u03C2\u03A3";
    private static final List<String> ODD = List.of("\uD83D\uDE00", "\uD83D", "\uDE00", "\u4E2D", "\u0000", "_");

    private final Random random;

    RandomRegex(Random random) {
        this.random = random;
    }

    /** A pattern that would be accepted. */
    String pattern() {
        while (true) {
            String flags = random.nextInt(5) == 0
                    ? List.of("(?i)", "(?s)", "(?m)", "(?U)", "(?im)").get(random.nextInt(5))
                    : "";
            String pattern = flags + choice(3);
            if (random.nextInt(4) == 0) {
                pattern = flags + sequence(1) + "(?P<value>" + choice(2) + ")" + sequence(1);
            }
            if (accepted(pattern)) {
                return pattern;
            }
        }
    }

    private static boolean accepted(String pattern) {
        try {
            PatternSet.check(new PatternSpec("sample", pattern, List.of(), List.of(), PatternSpec.MIN_MAX_LENGTH));
            return true;
        } catch (PatternRefusedException refused) {
            return false;
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        while (text.length() < length) {
            if (random.nextInt(12) == 0) {
                text.append(ODD.get(random.nextInt(ODD.size())));
            } else if (random.nextInt(15) == 0) {
                text.append(String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length())))
                        .repeat(random.nextInt(30)));
            } else {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return text.toString();
    }

    /** A text of some hundred characters in which a few parts come again and again. */
    String longText() {
        List<String> parts = List.of(text(), text(), text(), text());
        StringBuilder text = new StringBuilder();
        int length = 100 + random.nextInt(1_000);
        while (text.length() < length) {
            String part = parts.get(random.nextInt(parts.size()));
            text.append(part.repeat(1 + random.nextInt(random.nextInt(4) == 0 ? 10 : 3)));
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private String choice(int depth) {
        StringBuilder choice = new StringBuilder(sequence(depth));
        while (random.nextInt(4) == 0) {
            choice.append('|').append(sequence(depth));
        }
        return choice.toString();
    }

    private String sequence(int depth) {
        StringBuilder sequence = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            sequence.append(part(depth));
        }
        return sequence.toString();
    }

    private String part(int depth) {
        if (random.nextInt(8) == 0) {
            return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
        }
        String atom = depth > 0 && random.nextInt(4) == 0
                ? (random.nextBoolean() ? "(" : "(?:") + choice(depth - 1) + ")"
                : ATOMS.get(random.nextInt(ATOMS.size()));
        atom += random.nextInt(40) == 0 ? FLAGS.get(random.nextInt(FLAGS.size())) : "";
        return random.nextInt(3) == 0 ? atom + REPEATS.get(random.nextInt(REPEATS.size())) : atom;
    }
}
