package io.clawsec.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** From when to when a writer tries in vain. */
class StandstillTest {

    private static final Duration BOUND = Duration.ofSeconds(3);
    private static final Duration MEMORY = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // the clock may start anywhere, and go round
    private final Standstill standstill = new Standstill(BOUND, MEMORY, nanos::get);

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Test
    void a_store_that_nobody_writes_to_stands_not_still() {
        pass(MEMORY);
        assertThat(standstill.length()).isZero();
        assertThat(standstill.isTooLong()).isFalse();
        assertThat(standstill.isTrying()).isFalse();
    }

    @Test
    void a_batch_that_hangs_is_one_and_its_commit_ends_it() {
        standstill.begin();
        pass(BOUND.minusNanos(1));
        assertThat(standstill.isTooLong()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(standstill.isTooLong()).isTrue();
        assertThat(standstill.isTrying()).isTrue();
        pass(MEMORY.multipliedBy(2));
        assertThat(standstill.isTooLong()).as("however long it hangs").isTrue();
        standstill.end(true);
        assertThat(standstill.length()).isZero();
    }

    @Test
    void batches_that_fail_one_after_another_are_one_from_the_first_of_them_on() {
        for (int i = 0; i < 3; i++) {
            standstill.begin();
            pass(Duration.ofSeconds(1));
            standstill.end(false);
            pass(Duration.ofSeconds(2));
        }
        assertThat(standstill.length()).isEqualTo(Duration.ofSeconds(9));
        assertThat(standstill.isTooLong()).isTrue();
    }

    @Test
    void a_failure_that_is_long_ago_is_not_held_against_the_store() {
        standstill.begin();
        standstill.end(false);
        pass(MEMORY.minusNanos(1));
        assertThat(standstill.length()).isEqualTo(MEMORY.minusNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(standstill.length()).isZero();
        standstill.begin();
        pass(Duration.ofSeconds(1));
        assertThat(standstill.length()).as("a new one").isEqualTo(Duration.ofSeconds(1));
    }
}
