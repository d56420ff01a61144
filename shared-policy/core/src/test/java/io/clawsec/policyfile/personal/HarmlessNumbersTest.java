package io.clawsec.policyfile.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.policyfile.PolicyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Orders, times, versions, digests, books, parcels, prices and places are nobody's, and stay as they are. */
class HarmlessNumbersTest {

    /** They look exactly like what they are not: addresses of four numbers, and a telephone of Paris. */
    private static final List<String> MISTAKEN =
            List.of("upgrade to version 1.2.3.4.5", "upgrade to version 1.0.0.0-SNAPSHOT", "01 02 03 04 05");

    private static final int MIN_TEXTS = 200;

    @Test
    void aNumberThatIsNobodysIsLeftAlone() throws IOException {
        Guard guard = new Guard(GuardPolicy.strict(PolicyFiles.packaged().load().packs()));
        List<String> texts = texts();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(MIN_TEXTS);
        assertThat(texts.stream()
                        .filter(text -> !guard.redact(new GuardedText("response", text))
                                .findings()
                                .isEmpty()))
                .containsExactlyInAnyOrderElementsOf(MISTAKEN);
    }

    private static List<String> texts() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HarmlessNumbersTest.class.getResourceAsStream("harmless-numbers.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
