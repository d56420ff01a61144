package io.clawsec.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.ManyCallers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadersTest {

    private final FixedClock clock = new FixedClock(Instant.parse("2026-03-01T12:00:59Z"));
    private final Readers readers = new Readers(clock);

    @Test
    void a_reader_is_new_once_in_each_minute_of_the_clock() {
        assertThat(readers.firstThisMinute("alice")).isTrue();
        assertThat(readers.firstThisMinute("alice")).isFalse();
        assertThat(readers.firstThisMinute("bob")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(readers.firstThisMinute("alice")).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(readers.firstThisMinute("alice")).isFalse();
    }

    @Test
    void a_clock_that_goes_back_makes_an_event_too_many_rather_than_one_too_few() {
        assertThat(readers.firstThisMinute("alice")).isTrue();
        clock.advance(Duration.ofMinutes(-5));
        assertThat(readers.firstThisMinute("alice")).isTrue();
    }

    @Test
    void many_at_once_make_one_event() {
        assertThat(ManyCallers.run(16, caller -> readers.firstThisMinute("alice")))
                .containsOnlyOnce(true);
    }

    @Test
    void it_forgets_the_longest_known_and_nobody_else() {
        for (int i = 0; i < Readers.MOST; i++) {
            readers.firstThisMinute("reader " + i);
        }
        assertThat(readers.firstThisMinute("one more")).isTrue();
        assertThat(readers.firstThisMinute("reader 1")).isFalse();
        assertThat(readers.firstThisMinute("reader 0")).isTrue();
    }
}
