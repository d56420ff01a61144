package io.clawsec.store.postgres;

import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.sql.SqlReaders;
import io.clawsec.store.sql.UnsettledRows;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import io.clawsec.usage.UsageWindow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Usage in PostgreSQL. Limits are read and counted while their rows are locked, so neither threads nor processes can race
 * past them.
 */
public final class PostgresUsageLedger implements UsageLedger {

    private final PostgresWriter writer;
    private final UnsettledRows unsettled;
    private final UsageSweep sweep = new UsageSweep();

    PostgresUsageLedger(PostgresWriter writer, SqlReaders readers) {
        this.writer = writer;
        this.unsettled = new UnsettledRows(readers, "usage_reservations", NativeUuids.COLUMN);
    }

    @Override
    public ReserveResult reserve(Reservation reservation, List<RateLimit> limits) {
        if (limits.size() > MOST_LIMITS) {
            throw new IllegalArgumentException("a reservation has at most " + MOST_LIMITS + " limits");
        }
        return write(new Reserve(reservation, List.copyOf(limits), sweep));
    }

    private record Reserve(Reservation reservation, List<RateLimit> limits, UsageSweep sweep)
            implements PostgresTask<ReserveResult> {

        @Override
        public void announce(WriteBatch batch) {
            batch.usage().announce(reservation.requestId(), windows());
        }

        @Override
        public ReserveResult run(WriteBatch batch) {
            if (batch.usage().isTaken(reservation.requestId())) {
                throw new IllegalArgumentException("the request " + reservation.requestId() + " is reserved already");
            }
            ReserveResult result = ReserveResult.of(reservation, limits, batch.usage()::used);
            if (result instanceof ReserveResult.Exhausted) {
                return result;
            }
            batch.usage().reserve(reservation, windows()); // two limits may share one; it is counted once
            if (sweep.isDue()) {
                batch.usage().sweep(sweep, reservation.at().getEpochSecond());
            }
            return result;
        }

        private Set<UsageWindow> windows() {
            return limits.stream()
                    .map(limit -> UsageWindow.of(reservation, limit))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void settle(UUID requestId) {
        write(batch -> {
            batch.usage().settle(requestId);
            return true;
        });
    }

    private <T> T write(PostgresTask<T> task) {
        try {
            return writer.write(task);
        } catch (StoreUnavailableException e) {
            throw new UsageUnavailableException("usage cannot be written now: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Reservation> unsettledBefore(Instant instant, int most) {
        return unsettled.before(instant, most);
    }
}
