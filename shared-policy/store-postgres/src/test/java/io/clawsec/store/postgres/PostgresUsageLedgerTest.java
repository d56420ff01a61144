package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.ManyCallers;
import io.clawsec.testkit.UsageLedgerContract;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PostgresUsageLedgerTest extends UsageLedgerContract {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected UsageLedger ledger() {
        return database.mine().usage();
    }

    @Override
    protected UsageLedger otherProcess() {
        return database.another().usage();
    }

    @Test
    void windows_that_ended_long_ago_are_removed_and_recent_ones_are_not() throws Exception {
        RateLimit limit = new RateLimit(1, Duration.ofMinutes(1));
        int minutes = 400;
        for (int minute = 0; minute < minutes; minute++) {
            Instant at = START.plusSeconds(60L * minute);
            ledger().reserve(new Reservation(new UUID(1, minute), "ada", "ada", "agent", "/query", at), List.of(limit));
        }
        Instant recent = START.plusSeconds(60L * (minutes - 50));
        assertThat(ledger().reserve(
                                new Reservation(new UUID(2, 0), "ada", "ada", "agent", "/query", recent),
                                List.of(limit)))
                .as("a process whose clock is behind")
                .isInstanceOf(ReserveResult.Exhausted.class);
        assertThat(database.number("SELECT count(*) FROM usage_counters")).isBetween(60L, 250L);
    }

    @Test
    @Timeout(60)
    void processes_that_count_for_the_same_people_in_other_orders_never_wait_in_a_circle() throws Exception {
        List<PostgresStore> processes = List.of(database.mine(), database.another(), database.another());
        int people = 12;
        int rounds = 20;
        RateLimit limit = new RateLimit(1_000_000, Duration.ofHours(1));
        ManyCallers.run(48, caller -> {
            for (int round = 0; round < rounds; round++) {
                int person = Math.floorMod(caller % 2 == 0 ? round : -round, people);
                processes
                        .get(caller % processes.size())
                        .usage()
                        .reserve(
                                new Reservation(
                                        new UUID(caller, round), "person " + person, "ada", "agent", "/query", START),
                                List.of(limit));
            }
            return caller;
        });
        processes.forEach(PostgresStore::close); // a session counts what befell it as it ends
        while (database.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                        + "AND backend_type = 'client backend'")
                > 1) {
            Thread.onSpinWait();
        }
        assertThat(database.number("SELECT sum(requests) FROM usage_counters")).isEqualTo(48L * rounds);
        assertThat(database.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }
}
