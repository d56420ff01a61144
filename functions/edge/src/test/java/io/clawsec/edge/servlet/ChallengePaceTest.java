package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengePaceTest {

    private static final long APART = ChallengePace.APART.toNanos();
    private static final long LONGEST = ChallengePace.LONGEST_WAIT.toNanos();

    /** Nanosecond clocks begin anywhere and may overflow. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1_500_000, -1})
    void challenges_leave_one_after_the_other_and_a_single_one_at_once(long start) {
        AtomicLong now = new AtomicLong(start);
        ChallengePace pace = new ChallengePace(now::get);
        for (int i = 0; i < 10; i++) {
            assertThat(pace.nextWaitNanos()).isEqualTo(i * APART);
        }
        now.addAndGet(4 * APART + 1);
        assertThat(pace.nextWaitNanos()).isEqualTo(6 * APART - 1);
        now.addAndGet(7 * APART);
        assertThat(pace.nextWaitNanos()).as("after a rest").isZero();
        now.addAndGet(1_000_000 * APART);
        assertThat(pace.nextWaitNanos()).as("a rest is not saved up").isZero();
        assertThat(pace.nextWaitNanos()).isEqualTo(APART);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1_500_000})
    void nobody_waits_longer_than_the_longest_wait_and_the_queue_does_not_grow(long start) {
        AtomicLong now = new AtomicLong(start);
        ChallengePace pace = new ChallengePace(now::get);
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.nextWaitNanos()).isEqualTo(Math.min(i * APART, LONGEST));
        }
        now.addAndGet(LONGEST + APART);
        assertThat(pace.nextWaitNanos()).isZero();
    }
}
