package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.UsageLedgerContract;
import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Execution(ExecutionMode.CONCURRENT)
class DynamoDbUsageLedgerTest extends UsageLedgerContract {

    private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");
    private static final RateLimit PER_MINUTE = new RateLimit(2, Duration.ofMinutes(1));

    private final Stores stores = new Stores();

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    protected UsageLedger ledger() {
        return stores.mine().usage();
    }

    @Override
    protected UsageLedger otherProcess() {
        return stores.another().usage();
    }

    private static Reservation reservation(long request, Instant at) {
        return new Reservation(new UUID(1, request), "ada", "ada", "agent", "/query", at);
    }

    @Test
    void a_counter_expires_an_hour_after_its_window_and_a_reservation_never_does() {
        ledger().reserve(reservation(1, HOUR.plusSeconds(5)), List.of(PER_MINUTE));
        List<Map<String, AttributeValue>> items = stores.items(DynamoDbTables.USAGE);
        assertThat(items)
                .hasSize(2)
                .anySatisfy(counter -> assertThat(counter)
                        .containsEntry(
                                DynamoDbTables.EXPIRES_AT,
                                AttributeValue.fromN(Long.toString(HOUR.getEpochSecond() + 60 + 3_600))));
        assertThat(items)
                .filteredOn(item -> !item.containsKey(DynamoDbTables.EXPIRES_AT))
                .hasSize(1);
    }

    @Test
    void who_is_refused_and_goes_on_asking_costs_no_more_calls() {
        Faults calls = new Faults();
        UsageLedger ledger = stores.another(calls).usage();
        for (int request = 0; request < 3; request++) {
            ledger.reserve(reservation(request, HOUR), List.of(PER_MINUTE));
        }
        long before = calls.count(Faults.EVERYTHING);
        for (int request = 3; request < 100; request++) {
            assertThat(ledger.reserve(reservation(request, HOUR), List.of(PER_MINUTE)))
                    .isInstanceOf(ReserveResult.Exhausted.class);
        }
        assertThat(calls.count(Faults.EVERYTHING)).isEqualTo(before);
        assertThat(ledger.reserve(reservation(100, HOUR), List.of(new RateLimit(3, Duration.ofMinutes(1)))))
                .as("a limit that was raised")
                .isInstanceOf(ReserveResult.Granted.class);
    }

    /** Between reading a counter and raising it. */
    @Test
    void a_place_that_another_process_takes_at_the_last_moment_is_not_given_twice() {
        UsageLedger other = otherProcess();
        Faults calls = new Faults();
        UsageLedger mine = stores.another(calls).usage();
        mine.reserve(reservation(1, HOUR), List.of(PER_MINUTE));
        long before = calls.count(Faults.TRANSACTIONS);
        AtomicBoolean taken = new AtomicBoolean();
        calls.onEachCall(() -> {
            if (calls.count(Faults.TRANSACTIONS) > before && taken.compareAndSet(false, true)) {
                other.reserve(reservation(2, HOUR), List.of(PER_MINUTE));
            }
        });
        assertThat(mine.reserve(reservation(3, HOUR), List.of(PER_MINUTE)))
                .isEqualTo(new ReserveResult.Exhausted(new Quota(2, 0, 60)));
        assertThat(taken).isTrue();
        assertThat(other.unsettledBefore(Instant.MAX, 10)).hasSize(2);
    }

    @Test
    void a_principal_of_any_length_has_a_counter() {
        String longest = "issuer " + "ü".repeat(5_000);
        Reservation reservation = new Reservation(new UUID(1, 1), longest, longest, "agent", "/query", HOUR);
        assertThat(ledger().reserve(reservation, List.of(PER_MINUTE))).isInstanceOf(ReserveResult.Granted.class);
        assertThat(ledger().unsettledBefore(Instant.MAX, 1)).containsExactly(reservation);
    }
}
