package io.clawsec.store.postgres;

import io.clawsec.audit.AuditRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import io.clawsec.usage.UsageWindow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Usage in PostgreSQL. Limits are read and counted while their rows are locked, so neither threads nor processes can race
 * past them.
 */
public final class PostgresUsageLedger implements UsageLedger {

    private static final String UNSETTLED = """
            SELECT request_id, principal_key, user_id, role, resource, at_micros FROM usage_reservations
            WHERE at_micros < ? ORDER BY at_micros, request_id LIMIT ?""";

    private final PostgresWriter writer;
    private final PostgresReaders readers;
    private final UsageSweep sweep = new UsageSweep();

    PostgresUsageLedger(PostgresWriter writer, PostgresReaders readers) {
        this.writer = writer;
        this.readers = readers;
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
        if (most < 1) {
            throw new IllegalArgumentException("at least one reservation is asked for");
        }
        try {
            return readers.read(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(UNSETTLED)) {
                    statement.setLong(1, AuditRecord.micros(instant));
                    statement.setInt(2, most);
                    return reservations(statement);
                }
            });
        } catch (StoreUnavailableException e) {
            throw new UsageUnavailableException("usage cannot be read now: " + e.getMessage(), e);
        }
    }

    private static List<Reservation> reservations(PreparedStatement statement) throws SQLException {
        List<Reservation> reservations = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reservations.add(new Reservation(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        Instant.EPOCH.plus(rows.getLong(6), ChronoUnit.MICROS)));
            }
        }
        return List.copyOf(reservations);
    }
}
