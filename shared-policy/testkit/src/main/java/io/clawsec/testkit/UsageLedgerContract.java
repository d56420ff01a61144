package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.ReserveResult.Exhausted;
import io.clawsec.usage.ReserveResult.Granted;
import io.clawsec.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of usage must count, and how exactly. */
public abstract class UsageLedgerContract {

    private static final int CALLERS = 64;

    /** A whole hour, so that the minute and the hour begin together. */
    private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");

    private static final long SEED = 815;

    private final Random random = new Random(SEED);

    /** The ledger of a store that was empty when the test began; the same one each time within a test. */
    protected abstract UsageLedger ledger();

    /** A ledger on the same store, as another process would open it. */
    protected abstract UsageLedger otherProcess();

    private static RateLimit perMinute(long requests) {
        return new RateLimit(requests, Duration.ofMinutes(1));
    }

    private static RateLimit perHour(long requests) {
        return new RateLimit(requests, Duration.ofHours(1));
    }

    private synchronized Reservation reservation(String principal, Instant at) {
        UUID requestId = new UUID(random.nextLong(), random.nextLong());
        return new Reservation(requestId, principal, "Zoë 😀", "agent", "/query", at);
    }

    private ReserveResult reserve(String principal, Instant at, RateLimit... limits) {
        return ledger().reserve(reservation(principal, at), List.of(limits));
    }

    private static Granted granted(long limit, long remaining, long resetSeconds) {
        return new Granted(Optional.of(new Quota(limit, remaining, resetSeconds)));
    }

    private static Exhausted exhausted(long limit, long resetSeconds) {
        return new Exhausted(new Quota(limit, 0, resetSeconds));
    }

    @Test
    void a_limit_is_granted_to_the_last_request_and_no_further() {
        assertThat(reserve("ada", HOUR, perHour(3))).isEqualTo(granted(3, 2, 3600));
        assertThat(reserve("ada", HOUR.plusSeconds(1), perHour(3))).isEqualTo(granted(3, 1, 3599));
        assertThat(reserve("ada", HOUR.plusMillis(59_999), perHour(3))).isEqualTo(granted(3, 0, 3541));
        assertThat(reserve("ada", HOUR.plusSeconds(60), perHour(3))).isEqualTo(exhausted(3, 3540));
        assertThat(reserve("ada", HOUR.plusMillis(3_599_999), perHour(3))).isEqualTo(exhausted(3, 1));
    }

    @Test
    void the_next_window_of_the_clock_begins_anew() {
        assertThat(reserve("ada", HOUR.plusSeconds(3599), perHour(1))).isEqualTo(granted(1, 0, 1));
        assertThat(reserve("ada", HOUR.plusSeconds(3600), perHour(1))).isEqualTo(granted(1, 0, 3600));
        assertThat(reserve("ada", HOUR.plusSeconds(3599), perHour(1))).isEqualTo(exhausted(1, 1));
    }

    @Test
    void principals_do_not_share() {
        assertThat(reserve("ada", HOUR, perHour(1))).isInstanceOf(Granted.class);
        assertThat(reserve("bob", HOUR, perHour(1))).isInstanceOf(Granted.class);
        assertThat(reserve("Ada", HOUR, perHour(1))).isInstanceOf(Granted.class);
        assertThat(reserve("ada", HOUR, perHour(1))).isInstanceOf(Exhausted.class);
    }

    @Test
    void the_quota_is_that_of_the_first_limit() {
        assertThat(reserve("ada", HOUR, perHour(100), perMinute(60))).isEqualTo(granted(100, 99, 3600));
        assertThat(reserve("ada", HOUR, perMinute(60), perHour(100))).isEqualTo(granted(60, 58, 60));
    }

    @Test
    void the_window_that_stays_full_longest_is_named() {
        assertThat(reserve("ada", HOUR, perMinute(1), perHour(2))).isEqualTo(granted(1, 0, 60));
        assertThat(reserve("ada", HOUR, perMinute(1), perHour(2))).isEqualTo(exhausted(1, 60));
        Instant next = HOUR.plusSeconds(60);
        assertThat(reserve("ada", next, perMinute(1), perHour(2))).isEqualTo(granted(1, 0, 60));
        assertThat(reserve("ada", next, perMinute(1), perHour(2))).isEqualTo(exhausted(2, 3540));
    }

    @Test
    void what_was_refused_counts_in_no_window_and_is_not_kept() {
        reserve("ada", HOUR, perMinute(1), perHour(10));
        for (int i = 0; i < 20; i++) {
            assertThat(reserve("ada", HOUR, perMinute(1), perHour(10))).isInstanceOf(Exhausted.class);
        }
        assertThat(reserve("ada", HOUR.plusSeconds(60), perHour(10))).isEqualTo(granted(10, 8, 3540));
        assertThat(ledger().unsettledBefore(Instant.MAX, 100)).hasSize(2);
    }

    @Test
    void two_limits_on_one_window_count_a_request_once_and_both_hold() {
        assertThat(reserve("ada", HOUR, perHour(5), perHour(2))).isEqualTo(granted(5, 4, 3600));
        assertThat(reserve("ada", HOUR, perHour(5), perHour(2))).isEqualTo(granted(5, 3, 3600));
        assertThat(reserve("ada", HOUR, perHour(5), perHour(2))).isEqualTo(exhausted(2, 3600));
    }

    @Test
    void a_limit_that_was_lowered_holds_at_once() {
        reserve("ada", HOUR, perHour(10));
        reserve("ada", HOUR, perHour(10));
        assertThat(reserve("ada", HOUR, perHour(1))).isEqualTo(exhausted(1, 3600));
    }

    @Test
    void without_limits_a_reservation_is_kept_and_not_counted() {
        assertThat(reserve("ada", HOUR)).isEqualTo(new Granted(Optional.empty()));
        assertThat(ledger().unsettledBefore(Instant.MAX, 10)).hasSize(1);
        assertThat(reserve("ada", HOUR, perHour(1))).isEqualTo(granted(1, 0, 3600));
    }

    @Test
    void many_callers_are_granted_exactly_the_limit() {
        long granted = ManyCallers.run(CALLERS, caller -> grants(ledger(), 8)).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(granted).isEqualTo(100);
        assertThat(ledger().unsettledBefore(Instant.MAX, 1000)).hasSize(100);
    }

    @Test
    void two_processes_grant_exactly_the_limit_together() {
        UsageLedger other = otherProcess();
        long granted = ManyCallers.run(CALLERS, caller -> grants(caller % 2 == 0 ? ledger() : other, 8)).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(granted).isEqualTo(100);
        assertThat(other.unsettledBefore(Instant.MAX, 1000)).hasSize(100);
    }

    private long grants(UsageLedger ledger, int requests) {
        long grants = 0;
        for (int i = 0; i < requests; i++) {
            ReserveResult result = ledger.reserve(reservation("ada", HOUR), List.of(perMinute(200), perHour(100)));
            grants += result.fold(granted -> 1, exhausted -> 0);
        }
        return grants;
    }

    @Test
    void a_reservation_is_found_until_it_is_settled() {
        Reservation reservation = reservation("issuer ada", HOUR.plusNanos(123_456_000));
        ledger().reserve(reservation, List.of(perHour(5)));
        assertThat(ledger().unsettledBefore(HOUR.plusSeconds(1), 10)).containsExactly(reservation);
        ledger().settle(reservation.requestId());
        assertThat(ledger().unsettledBefore(Instant.MAX, 10)).isEmpty();
        assertThat(reserve("issuer ada", HOUR, perHour(5)))
                .as("a settled request still counts")
                .isEqualTo(granted(5, 3, 3600));
    }

    @Test
    void settling_twice_or_something_unknown_changes_nothing() {
        Reservation reservation = reservation("ada", HOUR);
        ledger().reserve(reservation, List.of());
        ledger().settle(new UUID(1, 1));
        assertThat(ledger().unsettledBefore(Instant.MAX, 10)).hasSize(1);
        ledger().settle(reservation.requestId());
        ledger().settle(reservation.requestId());
        assertThat(ledger().unsettledBefore(Instant.MAX, 10)).isEmpty();
    }

    @Test
    void a_request_is_reserved_once() {
        Reservation reservation = reservation("ada", HOUR);
        ledger().reserve(reservation, List.of(perHour(5)));
        assertThatThrownBy(() -> ledger().reserve(reservation, List.of(perHour(5))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(reserve("ada", HOUR, perHour(5))).isEqualTo(granted(5, 3, 3600));
    }

    @Test
    void unsettled_reservations_come_oldest_first_and_not_too_many() {
        Reservation late = reservation("ada", HOUR.plusSeconds(3));
        Reservation early = reservation("ada", HOUR.plusSeconds(1));
        Reservation middle = reservation("bob", HOUR.plusSeconds(2));
        List.of(late, early, middle).forEach(each -> ledger().reserve(each, List.of()));
        assertThat(ledger().unsettledBefore(HOUR.plusSeconds(3), 10)).containsExactly(early, middle);
        assertThat(ledger().unsettledBefore(HOUR.plusSeconds(4), 2)).containsExactly(early, middle);
        assertThat(otherProcess().unsettledBefore(HOUR.plusSeconds(4), 10)).containsExactly(early, middle, late);
    }

    @Test
    void counting_goes_on_over_many_windows() {
        for (int minute = 0; minute < 600; minute++) {
            Instant at = HOUR.plusSeconds(60L * minute);
            assertThat(reserve("ada", at, perMinute(1))).isEqualTo(granted(1, 0, 60));
            assertThat(reserve("ada", at, perMinute(1))).isEqualTo(exhausted(1, 60));
        }
    }
}
