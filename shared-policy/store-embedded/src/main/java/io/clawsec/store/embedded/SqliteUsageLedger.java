package io.clawsec.store.embedded;

import io.clawsec.audit.AuditRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.embedded.UsageCounters.Window;
import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Usage in SQLite. Limits are read and counted under the database's one write lock, so neither threads nor processes can
 * race past them.
 */
public final class SqliteUsageLedger implements UsageLedger {

    /** Limits of one reservation. */
    public static final int MOST_LIMITS = 8;

    private static final String RESERVE = """
            INSERT INTO usage_reservations (request_id, principal_key, user_id, role, resource, at_micros)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private static final String SETTLE = "DELETE FROM usage_reservations WHERE request_id = ?";

    private static final String UNSETTLED = """
            SELECT request_id, principal_key, user_id, role, resource, at_micros
            FROM usage_reservations INDEXED BY usage_reservations_by_time
            WHERE at_micros < ? ORDER BY at_micros, request_id LIMIT ?""";

    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final UsageCounters counters = new UsageCounters();

    SqliteUsageLedger(SqliteWriter writer, SqliteReaders readers) {
        this.writer = writer;
        this.readers = readers;
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
        long now = reservation.at().getEpochSecond();
        Set<Window> windows = new LinkedHashSet<>(); // two limits may share one; it is counted once
        @Nullable Window longestFull = null;
        @Nullable Quota full = null;
        @Nullable Quota first = null;
        for (RateLimit limit : limits) {
            Window window =
                    new Window(reservation.principalKey(), limit.window().toSeconds(), limit.windowStart(now));
            long used = UsageCounters.read(session, window);
            if (used >= limit.requests() && (longestFull == null || window.end() > longestFull.end())) {
                longestFull = window;
                full = new Quota(limit.requests(), 0, window.end() - now);
            }
            if (first == null) {
                first = new Quota(limit.requests(), Math.max(0, limit.requests() - used - 1), window.end() - now);
            }
            windows.add(window);
        }
        if (full != null) {
            return new ReserveResult.Exhausted(full);
        }
        keep(session, reservation);
        for (Window window : windows) {
            UsageCounters.add(session, window);
        }
        counters.sweep(session, now);
        return new ReserveResult.Granted(Optional.ofNullable(first));
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
                        UuidBytes.read(rows.getBytes(1)),
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
