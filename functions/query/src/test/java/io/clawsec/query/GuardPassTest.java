package io.clawsec.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Receipt;
import io.clawsec.guard.Redaction;
import io.clawsec.guard.Verdict;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardPassTest {

    @Test
    void a_guard_that_passes_over_a_field_is_as_good_as_none() {
        List<GuardedText> submitted =
                List.of(new GuardedText("prompt", "hello"), new GuardedText("system_prompt", "Be brief."));
        Verdict.Pass partial = new Verdict.Pass(
                List.of(new Redaction("prompt", "hello", List.of())),
                List.of(),
                new Receipt("input", List.of("prompt"), 5, List.of("plain"), 1));
        assertThatThrownBy(() -> GuardPass.INPUT.make(Span.NONE, Metrics.none(), submitted, texts -> partial))
                .isInstanceOf(GuardUnavailableException.class);
    }
}
