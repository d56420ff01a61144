package io.clawsec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonWriteTest {

    @Test
    void writesEveryKindOfValue() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("z", null);
        tree.put("a", Arrays.asList(1, 2L, (short) 3, (byte) 4, new BigInteger("18446744073709551616")));
        tree.put("d", List.of(0.1, 1e300, 0.5f, new BigDecimal("1.50")));
        tree.put(
                "t",
                List.of(
                        new UUID(0, 1),
                        Instant.EPOCH,
                        Thread.State.NEW,
                        new StringBuilder("\"\\\n\u2028\uD83D\uDE00")));
        assertThat(new String(Json.write(tree), UTF_8))
                .isEqualTo("{\"z\":null,\"a\":[1,2,3,4,18446744073709551616],\"d\":[0.1,1.0E+300,0.5,1.50],"
                        + "\"t\":[\"00000000-0000-0000-0000-000000000001\",\"1970-01-01T00:00:00Z\",\"NEW\","
                        + "\"\\\"\\\\\\n\u2028\uD83D\uDE00\"]}");
    }

    @Test
    void writesNothingThatItCouldNotRead() {
        for (Object value : List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                new Object(),
                "\uD83D",
                "a\uDE00b",
                "\uD83Dx",
                List.of(Map.of("\uD83D", 1)))) {
            assertThatThrownBy(() -> Json.write(value))
                    .as("%s", value.getClass())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatWasWrittenIsReadAsTheSame() throws MalformedJsonException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("JsonWriteTest: -Dseed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Object tree = tree(random, 6);
            byte[] written = Json.write(tree);
            assertThat(Json.parse(written)).as("seed %d, tree %d", seed, i).isEqualTo(tree);
            assertThat(Json.write(Json.parse(written))).isEqualTo(written);
        }
    }

    private static @Nullable Object tree(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return random.nextLong() >> random.nextInt(64);
            case 3:
                return new BigDecimal(
                        new BigInteger(1 + random.nextInt(200), random).setBit(0), 1 + random.nextInt(900));
            case 4:
                return text(random);
            case 5:
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(tree(random, depth - 1));
                }
                return list;
            default:
                Map<String, @Nullable Object> map = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), tree(random, depth - 1));
                }
                return map;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? 'x' : point);
        }
        return text.toString();
    }
}
