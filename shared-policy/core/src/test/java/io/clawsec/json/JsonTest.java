package io.clawsec.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("null", null),
                Arguments.of(" true\r\n\t", true),
                Arguments.of("\"\"", ""),
                Arguments.of("0", 0L),
                Arguments.of("-1", -1L),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                Arguments.of("9223372036854775808", new BigDecimal("9223372036854775808")),
                Arguments.of("1.50", new BigDecimal("1.50")),
                Arguments.of("1e2", new BigDecimal("1e2")),
                Arguments.of("1E-999", new BigDecimal("1E-999")),
                Arguments.of("[]", List.of()),
                Arguments.of("{}", Map.of()),
                Arguments.of("{\"\":[1,{\"a\":false}]}", Map.of("", List.of(1L, Map.of("a", false)))),
                Arguments.of("\"\\ud83d\\ude00\\u0000\"", "\uD83D\uDE00\0"),
                Arguments.of("\"\uD83D\uDE00\"", "\uD83D\uDE00"),
                Arguments.of("\"\uFEFF\uFFFF\"", "\uFEFF\uFFFF"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void readsWhatIsJson(String text, @Nullable Object tree) throws MalformedJsonException {
        assertThat(Json.parse(text)).isEqualTo(tree);
        assertThat(Json.parse(text.getBytes(UTF_8))).isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[}",
                "{]",
                "nul",
                "nullx",
                "True",
                "NaN",
                "[NaN]",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x10",
                "--1",
                "1_000",
                "- 1",
                "1 2",
                "[1 2]",
                "[1,]",
                "[,1]",
                "{,}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{1:2}",
                "{null:1}",
                "'a'",
                "\"a",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "\"\u001f\"",
                "\t\u000b1",
                "/*c*/1",
                "1//c",
                "#c\n1",
                "1 true",
                "{}{}",
                "[]\u0000",
                "\uFEFF{}",
                "\u00a01",
                "\u2028",
                // an unpaired surrogate has no UTF-8, escaped or raw, in values and in keys
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\\ude00\\ud83d\"",
                "\"\\ud83d\\ud83d\\ude00\"",
                "\"\uD83D\"",
                "{\"\\ud83d\":1}",
                "[\"\uDE00\"]",
                // the same key twice, however it is written
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"\":1,\"\":2}",
                "{\"b\":{\"a\":1,\"c\":2,\"a\":null}}",
                "{\"a\":null,\"a\":1}",
                "[{\"\uD83D\uDE00\":1,\"\\ud83d\\ude00\":2}]",
                // numbers that are only there to hurt
                "1e1000",
                "1e-1000",
                "1e999999999",
                "-1e-999999999",
                "1e99999999999",
                "[1e2147483648]",
                "1e-2147483649"
            })
    void refusesWhatIsNotOrDoubtful(String text) {
        assertRefused(text);
        assertThatThrownBy(() -> Json.parseObject(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void boundsDepth() throws MalformedJsonException {
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
        assertThat(Json.parse("{\"a\":".repeat(64) + "1" + "}".repeat(64))).isInstanceOf(Map.class);
        assertRefused("[".repeat(65) + "]".repeat(65));
        assertRefused("{\"a\":".repeat(65) + "1" + "}".repeat(65));
        assertRefused("[".repeat(100_000));
        assertRefused("{\"a\":[".repeat(100_000));
    }

    @Test
    void boundsTheLengthOfNumbers() throws MalformedJsonException {
        assertThat(Json.parse("9".repeat(100))).isEqualTo(new BigDecimal("9".repeat(100)));
        assertRefused("9".repeat(101));
        assertRefused("0." + "0".repeat(100));
        assertRefused("9".repeat(1_000_000));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void readsHugeStringsAndManyCollidingKeysInReasonableTime() throws MalformedJsonException {
        String huge = "x".repeat(8_000_000);
        assertThat(Json.parse("\"" + huge + "\"")).isEqualTo(huge);
        StringBuilder colliding = new StringBuilder("{");
        for (int i = 0; i < 1 << 14; i++) {
            for (int bit = 0; bit < 14; bit++) {
                colliding.append(bit == 0 ? "\"" : "").append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            colliding.append("\":0,");
        }
        Map<String, @Nullable Object> object = Json.parseObject(colliding + "\"end\":1}");
        assertThat(object).hasSize((1 << 14) + 1).containsEntry("end", 1L);
        assertRefused("{\"" + huge + "\":1}");
    }

    static Stream<Arguments> bytes() {
        return Stream.of(
                Arguments.of("a byte order mark", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'}),
                Arguments.of("UTF-16 with a mark", "{\"a\":1}".getBytes(UTF_16)),
                Arguments.of("UTF-16, big end first", "{\"a\":1}".getBytes(UTF_16BE)),
                Arguments.of("UTF-16, little end first", "{\"a\":1}".getBytes(UTF_16LE)),
                Arguments.of("UTF-32", "{\"a\":1}".getBytes(Charset.forName("UTF-32"))),
                Arguments.of("a byte that never is", quoted(0xFF)),
                Arguments.of("a continuation alone", quoted(0x80)),
                Arguments.of("a sequence cut short", quoted(0xE2, 0x82)),
                Arguments.of("an overlong slash", quoted(0xC0, 0xAF)),
                Arguments.of("an overlong NUL", quoted(0xC0, 0x80)),
                Arguments.of("an overlong three-byte slash", quoted(0xE0, 0x80, 0xAF)),
                Arguments.of("an overlong four-byte euro", quoted(0xF0, 0x82, 0x82, 0xAC)),
                Arguments.of("a surrogate in UTF-8", quoted(0xED, 0xA0, 0xBD)),
                Arguments.of("a surrogate pair in CESU-8", quoted(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80)),
                Arguments.of("beyond U+10FFFF", quoted(0xF4, 0x90, 0x80, 0x80)),
                Arguments.of("a bad byte behind the value", new byte[] {'1', (byte) 0xFF}));
    }

    private static byte[] quoted(int... inside) {
        byte[] bytes = new byte[inside.length + 2];
        bytes[0] = '"';
        bytes[bytes.length - 1] = '"';
        for (int i = 0; i < inside.length; i++) {
            bytes[i + 1] = (byte) inside[i];
        }
        return bytes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void refusesBytesThatAreNotUtf8(String what, byte[] bytes) {
        assertThatThrownBy(() -> Json.parse(bytes)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void anObjectIsAnObject() {
        for (String text : List.of("[]", "1", "null", "\"{}\"", "true")) {
            assertThatThrownBy(() -> Json.parseObject(text.getBytes(UTF_8)))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessage("the text is not a JSON object");
        }
    }

    @Test
    void aRefusalNeverQuotesTheText() {
        for (String text :
                List.of("{\"zebra\":1,\"zebra\":2}", "zebra", "\"zebra", "[1, zebra]", "{\"zebra\\ud83d\":1}")) {
            assertThatThrownBy(() -> Json.parse(text))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageNotContaining("zebra")
                    .hasNoCause();
        }
    }

    @Test
    void noBytesMakeItStumble() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("JsonTest: -Dseed=" + seed);
        Random random = new Random(seed);
        byte[] alphabet = "{}[]\",:\\u0123456789eE+-. tfnrueals\u00e9\uD83D\uDE00".getBytes(UTF_8);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = alphabet[random.nextInt(alphabet.length)];
            }
            try {
                Json.parse(bytes);
            } catch (MalformedJsonException e) {
                // the only exception there is
            }
        }
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedJsonException.class);
        if (UTF_8.newEncoder().canEncode(text)) {
            assertThatThrownBy(() -> Json.parse(text.getBytes(UTF_8))).isInstanceOf(MalformedJsonException.class);
        }
    }
}
