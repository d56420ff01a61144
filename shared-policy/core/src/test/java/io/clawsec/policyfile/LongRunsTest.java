package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules on long runs of one thing: rulers, tables, padding, images. A match that is undecided at its bound counts as one,
 * so a rule whose beginning goes on without end would see its like in each of these.
 */
class LongRunsTest {

    private static final int CHARACTERS = 3_000;
    private static final Guard GUARD =
            new Guard(GuardPolicy.strict(PolicyFiles.packaged().load().packs()));

    private static Stream<String> units() {
        Stream<String> ascii = IntStream.rangeClosed(' ', '~').mapToObj(Character::toString);
        Stream<String> others = Stream.of(
                "\n",
                "\t",
                "\r\n",
                "\uD83D\uDE00",
                "\u4E2D",
                "\u0430",
                "\u2500",
                "\u00A0",
                "\u200B",
                "\u0301",
                "\u3000",
                "- ",
                "| ",
                "* ",
                "# ",
                "=-",
                "->",
                "<>",
                "[]",
                "()",
                "{}",
                "a ",
                "1 ",
                "1,",
                "a.",
                "a-",
                "a_",
                "a/",
                "../",
                "word ",
                "Word, ",
                "\n\n",
                "- a\n",
                "| a | b |\n",
                "1. x\n",
                "aA1",
                "10",
                "<br>",
                "</a>",
                "&nbsp;",
                "\\n",
                "\"a\",",
                "[1,2],",
                "a=b&",
                "the quick brown fox ");
        return Stream.concat(Stream.concat(ascii, others), noise());
    }

    private static Stream<String> noise() {
        Random random = new Random(20261122);
        String base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return Stream.of(base64, base64.substring(26, 52), base64.substring(52, 62), "0123456789abcdef")
                .map(letters -> random.ints(CHARACTERS, 0, letters.length())
                        .mapToObj(letter -> String.valueOf(letters.charAt(letter)))
                        .reduce("", String::concat));
    }

    @ParameterizedTest
    @MethodSource("units")
    void aLongRunOfOneThingIsNothing(String unit) {
        String run = unit.repeat(CHARACTERS / unit.length());
        for (String text : List.of(run, "x " + run + " end", "\n" + run)) {
            List<GuardedText> asked = List.of(new GuardedText("text", text));
            assertThat(GUARD.inspect(asked).findings()).isEmpty();
            assertThat(GUARD.redact(asked).findings()).isEmpty();
        }
    }
}
