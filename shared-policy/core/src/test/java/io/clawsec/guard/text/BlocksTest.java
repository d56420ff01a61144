package io.clawsec.guard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {

    private static final long SEED = Long.getLong("clawsec.blocks.seed", 20261122L);
    private static final int TEXTS = 5_000;

    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        int start = 0;
        for (int end = Blocks.end(text, 0, true); end > 0; end = Blocks.end(text, start, true)) {
            blocks.add(text.substring(start, end));
            start = end;
        }
        assertThat(start).isEqualTo(text.length());
        return blocks;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one two         | one_/two
            a  b            | a_/_/b
            \u4E2D\u6587.   | \u4E2D/\u6587/.
            see\u4E2D       | see/\u4E2D
            caf\u00E9 x     | caf\u00E9_/x
            """)
    void aBlockIsAWordWithTheSpaceBehindItOrALetterOfAScriptWithoutSpaces(String text, String blocks) {
        assertThat(String.join("/", blocks(text)).replace(' ', '_')).isEqualTo(blocks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "open", "sk-abc"})
    void aBlockIsOpenUntilItsEndIsSeen(String text) {
        assertThat(Blocks.end(text, 0, false)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\uD83D\uDE00",
                "\uD83D\uDE00",
                "xe\u0301\u0302",
                "ab%69",
                "%69",
                "&#105;",
                "x\\u0069",
                "\\u0069",
                "=69",
                "\uDB40\uDC41"
            })
    void aLongBlockIsCutWhereNothingIsTorn(String unit) {
        String text = unit.repeat(600 / unit.length());
        for (String block : blocks(text)) {
            assertThat(block.length()).isLessThanOrEqualTo(Blocks.MAX_LENGTH);
            assertThat(Character.isLowSurrogate(block.charAt(0))).isFalse();
            assertThat(block.charAt(0)).isNotIn('\u0301', '\u0302', '6', '9', '#', 'u', '1');
        }
    }

    @Test
    void aLongEncodedTextIsCutBetweenItsQuanta() {
        for (String before : List.of("", "k=", "x:\"", "--. ")) {
            int first = before.length() - before.lastIndexOf(' ') - 1;
            List<String> blocks = blocks(before + "QUJD".repeat(200));
            for (String block : blocks.subList(before.endsWith(" ") ? 1 : 0, blocks.size())) {
                assertThat(block.replaceFirst("^[^Q]*", "").length() % 4)
                        .as("%s %d", block, first)
                        .isZero();
            }
        }
    }

    @Test
    void howeverATextIsCutTheRevealedViewIsTheSame() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.of(random, 120);
            RevealedText whole = new RevealedText();
            String seen = whole.append(text) + whole.finish();
            RevealedText cut = new RevealedText();
            StringBuilder pieces = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(6));
                pieces.append(cut.append(text.substring(at, next)));
                at = next;
            }
            pieces.append(cut.finish());
            assertThat(pieces.toString()).as("seed %d, text %d", SEED, i).isEqualTo(seen);
            int before = 0;
            for (int at = 0; at < seen.length(); at++) {
                assertThat(cut.start(at))
                        .as("seed %d, text %d, %d", SEED, i, at)
                        .isEqualTo(whole.start(at));
                assertThat(cut.end(at)).as("seed %d, text %d, %d", SEED, i, at).isEqualTo(whole.end(at));
                assertThat(cut.start(at)).isBetween(before, cut.end(at) - 1);
                assertThat(cut.end(at)).isLessThanOrEqualTo(text.length());
                before = cut.start(at);
            }
        }
    }

    @Test
    void theWayBackIsForgottenBehindTheReader() {
        RevealedText revealed = new RevealedText();
        int length = 0;
        for (int i = 0; i < 10_000; i++) {
            length += revealed.append("e\u0301 x ").length();
            revealed.forget(length - 4);
            assertThat(revealed.map().size()).isLessThan(20);
        }
        assertThat(revealed.start(length - 1)).isEqualTo(10_000 * 5 - 1);
    }
}
