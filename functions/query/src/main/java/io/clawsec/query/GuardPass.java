package io.clawsec.query;

import io.clawsec.guard.Finding;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.SpanName;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A pass of the guard, measured and within a span of its own; the span tells which rules fired, never on what. */
enum GuardPass {
    INPUT(SpanName.VALIDATE_INPUT, "input"),
    OUTPUT(SpanName.VALIDATE_OUTPUT, "output");

    private final SpanName spanName;
    private final String stage;

    GuardPass(SpanName spanName, String stage) {
        this.spanName = spanName;
        this.stage = stage;
    }

    /** What callers, receipts and metrics call it. */
    String stage() {
        return stage;
    }

    /**
     * Makes the pass within a child of the request's span.
     *
     * @param texts what is submitted; a verdict that is not on all of it is none
     */
    <V extends Verdict> V make(
            Span request, Metrics metrics, List<GuardedText> texts, Function<List<GuardedText>, V> pass) {
        return request.during(spanName, span -> {
            long start = System.nanoTime();
            V verdict;
            try {
                verdict = Verdict.covering(texts, pass.apply(texts));
            } finally {
                metrics.time(Metric.GUARD_DURATION, Duration.ofNanos(System.nanoTime() - start), stage);
            }
            if (span.recording()) {
                tell(span, verdict);
            }
            return verdict;
        });
    }

    private static void tell(Span span, Verdict verdict) {
        span.set(SpanAttribute.POLICY_ALLOWED, verdict.<Boolean>fold(pass -> true, block -> false));
        span.set(SpanAttribute.POLICY_FINDINGS, verdict.findings().size());
        if (!verdict.findings().isEmpty()) {
            span.set(
                    SpanAttribute.POLICY_RULES,
                    verdict.findings().stream().map(Finding::rule).distinct().toList());
            span.set(
                    SpanAttribute.POLICY_CATEGORIES,
                    verdict.findings().stream()
                            .map(finding -> finding.category().wireName())
                            .distinct()
                            .toList());
        }
    }
}
