package io.clawsec.store.embedded;

import io.clawsec.audit.AuditRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.sql.SqlReaders;
import io.clawsec.store.sql.UnsettledRows;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import io.clawsec.usage.UsageWindow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Usage in SQLite. Limits are read and counted under the database's one write lock, so neither threads nor processes can
 * race past them.
 */
public final class SqliteUsageLedger implements UsageLedger {

    private static final String RESERVE = """
            INSERT INTO usage_reservations (request_id, principal_key, user_id, role, resource, at_micros)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private static final String SETTLE = "DELETE FROM usage_reservations WHERE request_id = ?";

    private final SqliteWriter writer;
    private final UnsettledRows unsettled;
    private final UsageCounters counters = new UsageCounters();

    SqliteUsageLedger(SqliteWriter writer, SqlReaders readers) {
        this.writer = writer;
        this.unsettled = new UnsettledRows(
                readers, "usage_reservations INDEXED BY usage_reservations_by_time", UuidBytes.COLUMN);
    }

    @Override
    public ReserveResult reserve(Reservation reservation, List<RateLimit> limits) {
        if (limits.size() > MOST_LIMITS) {
            throw new IllegalArgumentException("a reservation has at most " + MOST_LIMITS + " limits");
        }
        List<RateLimit> asked = List.copyOf(limits);
        return write(session -> reserve(session, reservation, asked));
    }

    private ReserveResult reserve(WriteSession session, Reservation reservation, List<RateLimit> limits)
            throws SQLException {
        Map<UsageWindow, Long> used = new LinkedHashMap<>(); // two limits may share one; it is counted once
        for (RateLimit limit : limits) {
            UsageWindow window = UsageWindow.of(reservation, limit);
            if (!used.containsKey(window)) {
                used.put(window, UsageCounters.read(session, window));
            }
        }
        ReserveResult result = ReserveResult.of(reservation, limits, window -> used.getOrDefault(window, 0L));
        if (result instanceof ReserveResult.Exhausted) {
            return result;
        }
        keep(session, reservation);
        for (UsageWindow window : used.keySet()) {
            UsageCounters.add(session, window);
        }
        counters.sweep(session, reservation.at().getEpochSecond());
        return result;
    }

    private static void keep(WriteSession session, Reservation reservation) throws SQLException {
        PreparedStatement statement = session.prepared(RESERVE);
        statement.setBytes(1, UuidBytes.of(reservation.requestId()));
        statement.setString(2, reservation.principalKey());
        statement.setString(3, reservation.userId());
        statement.setString(4, reservation.role());
        statement.setString(5, reservation.resource());
        statement.setLong(6, AuditRecord.micros(reservation.at()));
        if (statement.executeUpdate() == 0) {
            throw new IllegalArgumentException("the request " + reservation.requestId() + " is reserved already");
        }
    }

    @Override
    public void settle(UUID requestId) {
        write(session -> {
            PreparedStatement statement = session.prepared(SETTLE);
            statement.setBytes(1, UuidBytes.of(requestId));
            return statement.executeUpdate();
        });
    }

    private <T> T write(SqliteTask<T> task) {
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
