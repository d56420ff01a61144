package io.clawsec.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.auditing.Readers.Reading;
import io.clawsec.testkit.FixedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadersTest {

    private final FixedClock clock = new FixedClock(Instant.parse("2026-03-01T12:00:59Z"));
    private final Readers readers = new Readers(clock);

    /** Whether the reader's event had to be kept; then it is. */
    private boolean keeps(String reader) {
        Optional<Reading> untold = readers.untold(reader);
        untold.ifPresent(readers::told);
        return untold.isPresent();
    }

    @Test
    void a_reader_is_told_of_once_in_each_minute_of_the_clock() {
        assertThat(keeps("alice")).isTrue();
        assertThat(keeps("alice")).isFalse();
        assertThat(keeps("bob")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keeps("alice")).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(keeps("alice")).isFalse();
    }

    @Test
    void a_reader_whose_event_was_not_kept_is_not_told_of() {
        Optional<Reading> first = readers.untold("alice");
        assertThat(first).isPresent();
        assertThat(readers.untold("alice")).isEqualTo(first);
    }

    @Test
    void an_occasion_is_one_readers_in_one_minute() {
        String noon = readers.untold("alice").orElseThrow().occasion();
        assertThat(readers.untold("bob").orElseThrow().occasion()).isNotEqualTo(noon);
        clock.advance(Duration.ofSeconds(1));
        assertThat(readers.untold("alice").orElseThrow().occasion()).isNotEqualTo(noon);
        clock.advance(Duration.ofSeconds(-1));
        assertThat(new Readers(clock).untold("alice").orElseThrow().occasion())
                .as("in another process, too")
                .isEqualTo(noon);
    }

    @Test
    void a_clock_that_goes_back_makes_an_event_too_many_rather_than_one_too_few() {
        assertThat(keeps("alice")).isTrue();
        clock.advance(Duration.ofMinutes(-5));
        assertThat(keeps("alice")).isTrue();
    }

    @Test
    void it_forgets_the_longest_known_and_nobody_else() {
        for (int i = 0; i < Readers.MOST; i++) {
            keeps("reader " + i);
        }
        assertThat(keeps("one more")).isTrue();
        assertThat(keeps("reader 1")).isFalse();
        assertThat(keeps("reader 0")).isTrue();
    }

    @Test
    void nobody_is_named_outside_the_audit() {
        assertThat(readers.untold("alice").orElseThrow().toString()).doesNotContain("alice");
    }
}
