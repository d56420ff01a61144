package io.clawsec.guard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {

    private static final int TEXTS = 20_000;
    private static final long SEED = Long.getLong("clawsec.fold.seed", 20261122L);

    /** No code point becomes more characters; Folding says so. */
    private static final int MAX_GROWTH = 4;

    private static TextView fold(String text) {
        return Folding.fold(TextView.identity(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            full-width            | \uFF49\uFF47\uFF4E\uFF4F\uFF52\uFF45       | ignore
            mathematical letters  | \uD835\uDC22\uD835\uDC20nore               | ignore
            circled letters       | \u24D8\u24D6\u24DD\u24DE\u24E1\u24D4       | ignore
            a zero-width space    | ig\u200Bnore                               | ignore
            a soft hyphen         | ig\u00ADnore                               | ignore
            a bidi override       | ig\u202Enore\u202C                         | ignore
            a variation selector  | ig\uFE0Fnore                               | ignore
            a control             | ig\u0007nore                               | ignore
            tag characters        | ig\uDB40\uDC41nore                         | ignore
            combining marks       | i\u0301g\u0336n\u0308ore                   | ignore
            marked letters        | \u00EDgn\u00F3r\u00EA                      | ignore
            Cyrillic look-alikes  | \u0456gn\u043Er\u0435                      | ignore
            Greek look-alikes     | ign\u03BFre                                | ignore
            a ligature            | of\uFB01ne                                 | offine
            superscripts          | x\u00B2                                    | x2
            Arabic digits         | \u0661\u0662\u0663                         | 123
            odd spaces and dashes | a\u2003b\u2011c                            | a b-c
            """)
    void whatAReaderTakesForPlainLettersBecomesPlainLetters(String what, String text, String folded) {
        assertThat(fold(text).text()).as(what).isEqualTo(folded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u043F\u0440\u0438\u0432\u0435\u0442, \u043A\u0430\u043A \u0434\u0435\u043B\u0430?",
                "\u03B1\u03C5\u03C4\u03BF",
                "\u5979\u7B11\u4E86\u7B11",
                "\u0939\u093F\u0928\u094D\u0926\u0940",
                "\u05E9\u05DC\u05D5\u05DD",
                "don\u2019t \u2026",
            })
    void proseInItsOwnScriptStaysAsItIs(String text) {
        assertThat(fold(text).text()).isEqualTo(text);
    }

    /** The fast look takes a question mark for what is past Latin-1, and eight characters at a time. */
    @Test
    void onlyWhatIsAsciiAndVisibleOrWhiteSpaceIsPlain() {
        for (int place = 0; place < 20; place++) {
            String before = "is it? ~so? ?????????".substring(0, place);
            assertThat(Folding.isPlainAscii(before + "\t\n~?" + before)).isTrue();
            for (String odd : List.of(
                    "\u007F", "\u0080", "\u00FF", "\u0100", "\u4E00", "\uD800", "\uD83D\uDE00", "\u001F", "\u0008")) {
                assertThat(Folding.isPlainAscii(before + odd + before)).as(odd).isFalse();
            }
        }
    }

    @Test
    void aCharacterThatIsLeftOutOrAddedKeepsTheWayBack() {
        TextView view = fold("x\u200By\uFB01n\u0301z");
        assertThat(view.text()).isEqualTo("xyfinz");
        assertThat(List.of(view.originalStart(0, 1), view.originalEnd(0, 1))).containsExactly(0, 1);
        assertThat(List.of(view.originalStart(1, 2), view.originalEnd(1, 2))).containsExactly(2, 3);
        assertThat(List.of(view.originalStart(2, 3), view.originalEnd(2, 3))).containsExactly(3, 4);
        assertThat(List.of(view.originalStart(3, 4), view.originalEnd(3, 4))).containsExactly(3, 4);
        assertThat(List.of(view.originalStart(4, 5), view.originalEnd(4, 5))).containsExactly(4, 6);
        assertThat(List.of(view.originalStart(0, 6), view.originalEnd(0, 6))).containsExactly(0, 7);
    }

    @Test
    void anyTextIsFoldedOnceWithinBoundsAndInOrder() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.of(random, 40);
            TextView folded = fold(text);
            assertThat(fold(folded.text()).text())
                    .as("seed %d, text %d, twice", SEED, i)
                    .isEqualTo(folded.text());
            assertThat(folded.text().length()).isLessThanOrEqualTo(MAX_GROWTH * text.length());
            int before = 0;
            for (int at = 0; at < folded.text().length(); at++) {
                int start = folded.originalStart(at, at + 1);
                int end = folded.originalEnd(at, at + 1);
                assertThat(start)
                        .as("seed %d, text %d, start of %d", SEED, i, at)
                        .isBetween(before, end - 1);
                assertThat(end).as("seed %d, text %d, end of %d", SEED, i, at).isLessThanOrEqualTo(text.length());
                before = start;
            }
        }
    }

    @Test
    void plainAsciiIsItself() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder ascii = new StringBuilder();
            for (int at = random.nextInt(60); at > 0; at--) {
                ascii.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
            }
            TextView text = TextView.identity(ascii.append("\t\r\n").toString());
            assertThat(Folding.fold(text)).isSameAs(text);
        }
    }
}
