package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A verdict is on all that was submitted, or it is none. */
class VerdictTest {

    private static final List<GuardedText> SUBMITTED =
            List.of(new GuardedText("prompt", "hello"), new GuardedText("system_prompt", "Be brief \uD83D\uDE00"));

    private static Receipt receipt(long characters, String... fields) {
        return new Receipt("input", List.of(fields), characters, List.of("plain"), 1);
    }

    private static Verdict pass(Receipt receipt, String... redacted) {
        return new Verdict.Pass(
                Stream.of(redacted)
                        .map(field -> new Redaction(field, "x", List.of()))
                        .toList(),
                List.of(),
                receipt);
    }

    static Stream<Verdict> partial() {
        Receipt all = receipt(15, "prompt", "system_prompt");
        return Stream.of(
                pass(receipt(5, "prompt"), "prompt", "system_prompt"),
                pass(receipt(15, "prompt"), "prompt", "system_prompt"),
                pass(receipt(15, "system_prompt", "prompt"), "prompt", "system_prompt"),
                pass(receipt(15, "prompt", "system_prompt", "model"), "prompt", "system_prompt"),
                pass(receipt(14, "prompt", "system_prompt"), "prompt", "system_prompt"),
                pass(receipt(0), "prompt", "system_prompt"),
                pass(all, "prompt"),
                pass(all, "system_prompt", "prompt"),
                pass(all),
                new Verdict.Block("It was.", List.of(), receipt(5, "prompt")));
    }

    @ParameterizedTest
    @MethodSource("partial")
    void aFieldThatWasNotScannedIsAFailureOfTheGuard(Verdict verdict) {
        assertThatThrownBy(() -> Verdict.covering(SUBMITTED, verdict))
                .isInstanceOf(GuardUnavailableException.class)
                .hasMessageNotContaining("hello");
    }

    @Test
    void whatAGuardSaysOfAllThatItWasGivenCounts() {
        Guard guard = new Guard(GuardPolicy.strict(
                RuleSamples.packs(RuleSamples.rule("attack", Category.INJECTION, Severity.HIGH, "attack"))));
        Verdict pass = guard.inspect(SUBMITTED);
        assertThat(Verdict.covering(SUBMITTED, pass)).isSameAs(pass);
        assertThat(pass.receipt().fields()).containsExactly("prompt", "system_prompt");
        assertThat(pass.receipt().characters()).isEqualTo(15);
        assertThat(Verdict.covering(SUBMITTED, guard.redact(SUBMITTED)).texts()).hasSize(2);
        List<GuardedText> bad = List.of(new GuardedText("prompt", "attack"), SUBMITTED.get(1));
        assertThat(Verdict.covering(bad, guard.inspect(bad))).isInstanceOf(Verdict.Block.class);
        List<GuardedText> overlong = List.of(SUBMITTED.get(0), new GuardedText("system_prompt", "a".repeat(40_000)));
        assertThat(Verdict.covering(overlong, guard.inspect(overlong))).isInstanceOf(Verdict.Block.class);
    }
}
