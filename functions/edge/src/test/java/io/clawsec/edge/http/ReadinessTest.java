package io.clawsec.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.ManyCallers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // the clock may start anywhere, and go round
    private final AtomicInteger probes = new AtomicInteger();

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Test
    void a_probe_is_kept_for_five_seconds() {
        Readiness readiness = new Readiness(Map.of("audit", probes::incrementAndGet), nanos::get);
        assertThat(readiness.check()).isEqualTo(Map.of("audit", "ok"));
        pass(Duration.ofMillis(4_999));
        readiness.check();
        assertThat(probes).hasValue(1);
        pass(Duration.ofMillis(1));
        readiness.check();
        assertThat(probes).hasValue(2);
    }

    @Test
    void a_failing_probe_is_told_without_its_message_and_kept_too() {
        Readiness readiness = new Readiness(
                Map.of("audit", () -> {
                    probes.incrementAndGet();
                    throw new IllegalStateException("jdbc:secret");
                }),
                nanos::get);
        assertThat(readiness.check()).isEqualTo(Map.of("audit", "unavailable"));
        readiness.check();
        assertThat(probes).hasValue(1);
    }

    @Test
    void many_who_ask_at_once_make_one_probe() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Readiness readiness = new Readiness(
                Map.of("audit", () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    probes.incrementAndGet();
                    Thread.yield();
                    running.decrementAndGet();
                }),
                nanos::get);
        assertThat(ManyCallers.run(16, caller -> readiness.check())).containsOnly(Map.of("audit", "ok"));
        assertThat(probes).hasValue(1);
        assertThat(most).hasValue(1);
    }
}
