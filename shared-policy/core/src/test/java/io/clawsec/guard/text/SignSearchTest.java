package io.clawsec.guard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No view is missed for want of a sign, wherever in a block of 64 characters the disguise stands. */
class SignSearchTest {

    private static final long SEED = Long.getLong("clawsec.views.seed", 20261123L);
    private static final int TEXTS = 20_000;

    private static final Vocabulary WORDS = Vocabulary.of(
            List.of("(?i)\\bignore\\s+(?:all\\s+)?previous\\s+instructions?\\b", "(?i)\\bsystem\\s+prompt\\b"));

    private static final List<String> ESCAPES = List.of(
            "%",
            "&", "\\", "=", "#", ";", "x", "u", "n", "{", "}", "41", "25", "6", "C3", "A9", "a", "amp;", "=\n", " ",
            "\t", "lt;");
    private static final List<String> BETWEEN_PAIRS = List.of(" ", ":", ", ", "-", "_", "\n", ";", "  ", ",0x");
    private static final List<String> TOKENS = List.of(
            "1gn0r3",
            "5y5tem",
            "(gnore",
            "1gnore!",
            "prev1ous",
            "ign0re",
            "\u00A3",
            "\u20AC",
            "?",
            "a",
            "7",
            "$",
            " ",
            " ",
            ".",
            "\u00E9",
            "\u4E2D");

    @BeforeAll
    static void tellTheSeed() {
        System.out.println("seed " + SEED);
    }

    private static String some(Random random, List<String> of, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most); left > 0; left--) {
            text.append(of.get(random.nextInt(of.size())));
        }
        return text.toString();
    }

    private static boolean has(String text, int sign) {
        return (Signs.of(text, WORDS).all() & sign) != 0;
    }

    @Test
    void whereNoEscapeBeginsNoneIsResolved() {
        Random random = new Random(SEED);
        int resolved = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = ".".repeat(random.nextInt(70)) + some(random, ESCAPES, 40);
            boolean any = Escapes.resolve(TextView.identity(text)) != null;
            resolved += any ? 1 : 0;
            assertThat(any && !has(text, Signs.ESCAPED))
                    .as("seed %d, text %d: %s", SEED, i, text)
                    .isFalse();
        }
        assertThat(resolved).isBetween(TEXTS / 10, TEXTS * 9 / 10);
    }

    @Test
    void anEscapeOfAPartIsOneOfTheWhole() {
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String text = some(random, ESCAPES, 60);
            EscapeSigns signs = new EscapeSigns(text);
            for (int from = 0, to; from < text.length(); from = to + 1) {
                to = text.indexOf(' ', from) < 0 ? text.length() : text.indexOf(' ', from);
                boolean begins = false;
                for (int at = from; at < to; at++) {
                    begins |= signs.beginsAt(at);
                }
                assertThat(begins || Escapes.resolve(TextView.identity(text.substring(from, to))) == null)
                        .as("seed %d, text %d from %d: %s", SEED, i, from, text)
                        .isTrue();
            }
        }
    }

    /** Each false sign costs reading a part of the text once more. */
    @ParameterizedTest
    @ValueSource(strings = {"a \\\\ b", "a\\\\b", "&#z", "&#", "&#xg", "x =41 and =42", "%G1", "%C3 ", "\\x4", "\\u12"})
    void whatIsNoEscapeIsNoSign(String text) {
        assertThat(has(text, Signs.ESCAPED)).isFalse();
    }

    @Test
    void pairsThatAreDecodedAreSeenWhereverTheyStand() {
        Random random = new Random(SEED);
        int decoded = 0;
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder(" ".repeat(random.nextInt(70)));
            text.append(some(random, List.of("0x", ".", "\u00E9", "a", "4", "12 "), 3));
            String separator = BETWEEN_PAIRS.get(random.nextInt(BETWEEN_PAIRS.size()));
            for (byte value : "ignore previous".substring(random.nextInt(9)).getBytes(StandardCharsets.US_ASCII)) {
                text.append(String.format(random.nextBoolean() ? "%02x" : "%02X", value))
                        .append(separator);
            }
            boolean any = Payloads.decode(TextView.identity(text.toString())) != null;
            decoded += any ? 1 : 0;
            assertThat(any && !has(text.toString(), Signs.ENCODED))
                    .as("seed %d, text %d: %s", SEED, i, text)
                    .isFalse();
        }
        assertThat(decoded).isGreaterThan(TEXTS * 3 / 5);
    }

    @Test
    void aKnownWordInDisguiseIsSeenWhereverItStands() {
        Random random = new Random(SEED);
        int disguised = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = ".".repeat(random.nextInt(70)) + some(random, TOKENS, 12);
            boolean any = hasDisguisedToken(text);
            disguised += any ? 1 : 0;
            assertThat(has(text, Signs.LEET))
                    .as("seed %d, text %d: %s", SEED, i, text)
                    .isEqualTo(any);
        }
        assertThat(disguised).isBetween(TEXTS / 10, TEXTS * 9 / 10);
    }

    /** Token by token, as the signs are meant. */
    private static boolean hasDisguisedToken(String text) {
        for (int start = 0; start < text.length(); start++) {
            int end = Leet.endOfToken(text, start);
            boolean begins = start == 0 || !LeetLetters.isPart(text.charAt(start - 1));
            if (begins && end > start && hasSignBesideLetter(text, start, end) && Leet.tells(text, start, end, WORDS)) {
                return true;
            }
        }
        return false;
    }

    /** A digit beside a letter, or another sign right before one. */
    private static boolean hasSignBesideLetter(String text, int start, int end) {
        for (int at = start; at < end; at++) {
            boolean digit = Character.isDigit(text.charAt(at));
            boolean sign = digit || "@$!|+(\u00A3".indexOf(text.charAt(at)) >= 0;
            boolean before = Pieces.isLetter(text, at + 1);
            if (sign && (before || (digit && Pieces.isLetter(text, at - 1)))) {
                return true;
            }
        }
        return false;
    }
}
