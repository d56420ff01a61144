package io.clawsec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The targets in a build: every seed, and what little changes make of them; Jazzer is not asked. */
class FuzzCorpusTest {

    private static final int CHANGED = Integer.getInteger("clawsec.fuzz.inputs", 2_000);
    private static final long SEED = Long.getLong("clawsec.fuzz.seed", 20261122L);
    private static final int MAX_CHANGES = 6;
    private static final int MAX_BYTES = 2_000;

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatHoldsOfEveryInputHoldsOfEverySeed(FuzzTarget target) throws IOException {
        for (Path file : FuzzSeeds.files(target)) {
            byte[] input = Files.readAllBytes(file);
            assertThatCode(() -> target.test(input)).as("%s %s", target, file).doesNotThrowAnyException();
        }
        FuzzSeeds.examples(target).forEach(target::test);
    }

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void andOfWhatChangesMakeOfThem(FuzzTarget target) throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<byte[]> seeds = FuzzSeeds.examples(target);
        for (Path file : FuzzSeeds.files(target)) {
            seeds.add(Files.readAllBytes(file));
        }
        for (int i = 0; i < CHANGED; i++) {
            byte[] input = changed(seeds, random);
            assertThatCode(() -> target.test(input))
                    .as(
                            "seed %d, input %d, in base64 %s",
                            SEED, i, Base64.getEncoder().encodeToString(input))
                    .doesNotThrowAnyException();
        }
    }

    /** A seed with bytes changed, and stretches put in from another, doubled or left out. */
    private static byte[] changed(List<byte[]> seeds, Random random) {
        List<Byte> input = bytes(seeds.get(random.nextInt(seeds.size())));
        List<Byte> other = bytes(seeds.get(random.nextInt(seeds.size())));
        for (int change = random.nextInt(MAX_CHANGES); change >= 0 && !input.isEmpty(); change--) {
            int at = random.nextInt(input.size());
            List<Byte> stretch = input.subList(at, at + random.nextInt(input.size() - at));
            switch (random.nextInt(5)) {
                case 0 -> input.set(at, (byte) random.nextInt());
                case 1 -> stretch.clear();
                case 2 -> input.addAll(at, List.copyOf(stretch));
                case 3 -> input.addAll(at, other.subList(0, random.nextInt(other.size() + 1)));
                default -> input.add(at, (byte) " \n-.:=@1aA".charAt(random.nextInt(10)));
            }
        }
        byte[] changed = new byte[Math.min(MAX_BYTES, input.size())];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = input.get(i);
        }
        return changed;
    }

    private static List<Byte> bytes(byte[] seed) {
        List<Byte> bytes = new ArrayList<>();
        for (byte each : seed) {
            bytes.add(each);
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"61, a", "c3a9, \u00E9", "f09f9880, \uD83D\uDE00", "61b062, a\uDB00b", "ff, \uDFF0", "e2, \uDE20"})
    void everyByteIsAText(String hexadecimal, String text) {
        assertThat(FuzzText.of(HexFormat.of().parseHex(hexadecimal))).isEqualTo(text);
    }
}
