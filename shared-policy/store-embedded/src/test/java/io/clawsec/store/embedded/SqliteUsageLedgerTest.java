package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.UsageLedgerContract;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteUsageLedgerTest extends UsageLedgerContract {

    @TempDir
    private Path folder;

    private Stores stores;

    @BeforeEach
    void open() {
        stores = new Stores(folder);
    }

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

    @Test
    void windows_that_ended_long_ago_are_removed_and_recent_ones_are_not() throws Exception {
        RateLimit limit = new RateLimit(1, Duration.ofMinutes(1));
        Instant start = Instant.parse("2026-11-22T10:00:00Z");
        int minutes = 1000;
        for (int minute = 0; minute < minutes; minute++) {
            Instant at = start.plusSeconds(60L * minute);
            ledger().reserve(new Reservation(new UUID(1, minute), "ada", "ada", "agent", "/query", at), List.of(limit));
        }
        Instant recent = start.plusSeconds(60L * (minutes - 50));
        assertThat(ledger().reserve(
                                new Reservation(new UUID(2, 0), "ada", "ada", "agent", "/query", recent),
                                List.of(limit)))
                .as("a process whose clock is behind")
                .isInstanceOf(ReserveResult.Exhausted.class);
        try (Connection connection = stores.raw();
                Statement statement = connection.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT count(*) FROM usage_counters")
                            .getInt(1))
                    .isBetween(60, 250);
        }
    }
}
