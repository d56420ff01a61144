package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long SEED = 25;

    private final FakePauses pauses = new FakePauses();

    @Test
    void a_pause_is_anything_up_to_a_bound_that_doubles_to_a_last_one() {
        Backoff.Tries tries = pauses.backoff(SEED, Duration.ofMinutes(10)).tries();
        for (int i = 0; i < 200; i++) {
            assertThat(tries.again()).isTrue();
        }
        long bound = Backoff.FIRST_BOUND.toNanos();
        for (long pause : pauses.pauses()) {
            assertThat(pause).as("seed %d", SEED).isBetween(0L, bound);
            bound = Math.min(2 * bound, Backoff.LAST_BOUND.toNanos());
        }
        List<Long> later = pauses.pauses().subList(20, 200);
        assertThat(later.stream().mapToLong(Long::longValue).average().orElseThrow())
                .as("seed %d: jitter over all of the bound", SEED)
                .isBetween(0.4 * bound, 0.6 * bound);
    }

    @Test
    void nothing_is_tried_when_patience_has_ended_and_no_pause_goes_past_it() {
        Duration patience = Duration.ofSeconds(3);
        Backoff.Tries tries = pauses.backoff(SEED, patience).tries();
        int again = 0;
        while (tries.again()) {
            assertThat(++again).isLessThan(10_000);
        }
        assertThat(pauses.pauses().stream().mapToLong(Long::longValue).sum())
                .isLessThanOrEqualTo(patience.toNanos() + again); // the fake clock moves by a nanosecond at least
        assertThat(again).isGreaterThan(5);
    }

    @Test
    void whoever_is_interrupted_while_it_waits_does_not_try_again() {
        Backoff backoff = new Backoff(
                () -> 0,
                new Random(SEED),
                nanos -> {
                    throw new InterruptedException();
                },
                Duration.ofSeconds(1));
        assertThat(backoff.tries().again()).isFalse();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
}
