package io.clawsec.store.postgres;

import io.clawsec.audit.AuditRecord;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageWindow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The counters, reservations and settlements of a batch. */
final class PendingUsage {

    /**
     * Makes and locks the counters and reads them, all in one order, whoever does it: so processes wait for each other and
     * never in a circle, and none can count past a limit.
     */
    private static final String LOCK = """
            INSERT INTO usage_counters (principal_key, window_seconds, window_start, requests)
            SELECT w.principal_key, w.window_seconds, w.window_start, 0
            FROM unnest(?::text[], ?::bigint[], ?::bigint[]) AS w(principal_key, window_seconds, window_start)
            ORDER BY w.principal_key COLLATE "C", w.window_seconds, w.window_start
            ON CONFLICT (principal_key, window_seconds, window_start)
            DO UPDATE SET requests = usage_counters.requests
            RETURNING principal_key, window_seconds, window_start, requests""";

    private static final String COUNT = """
            UPDATE usage_counters AS c SET requests = w.requests
            FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                AS w(principal_key, window_seconds, window_start, requests)
            WHERE c.principal_key = w.principal_key AND c.window_seconds = w.window_seconds
                AND c.window_start = w.window_start""";

    private static final String KNOWN = "SELECT request_id FROM usage_reservations WHERE request_id = ANY (?::uuid[])";

    private static final String RESERVE = """
            INSERT INTO usage_reservations (request_id, principal_key, user_id, role, resource, at_micros)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])""";

    private static final String SETTLE = "DELETE FROM usage_reservations WHERE request_id = ANY (?::uuid[])";

    private final Set<UsageWindow> announced = new HashSet<>();
    private final Map<UsageWindow, Long> counts = new HashMap<>();
    private final Set<UsageWindow> raised = new HashSet<>();
    private final Set<UUID> asked = new HashSet<>();
    private final Set<UUID> taken = new HashSet<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final List<UUID> settled = new ArrayList<>();
    private @Nullable UsageSweep sweep;
    private long sweepAt;

    void announce(UUID requestId, Collection<UsageWindow> windows) {
        asked.add(requestId);
        announced.addAll(windows);
    }

    void lockCounters(Connection connection) throws SQLException {
        if (announced.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            setWindows(statement, List.copyOf(announced));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(new UsageWindow(rows.getString(1), rows.getLong(2), rows.getLong(3)), rows.getLong(4));
                }
            }
        }
    }

    void findKnown(Connection connection) throws SQLException {
        if (asked.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setArray(1, connection.createArrayOf("uuid", asked.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    /** Requests counted so far in a window that was announced; this batch's included. */
    long used(UsageWindow window) {
        return counts.getOrDefault(window, 0L);
    }

    /** Whether the request is reserved already: in the table, as far as it was asked, or in this batch. */
    boolean isTaken(UUID requestId) {
        return taken.contains(requestId);
    }

    void reserve(Reservation reservation, Set<UsageWindow> windows) {
        taken.add(reservation.requestId());
        reservations.add(reservation);
        for (UsageWindow window : windows) {
            counts.merge(window, 1L, Long::sum);
            raised.add(window);
        }
    }

    void settle(UUID requestId) {
        settled.add(requestId);
    }

    void sweep(UsageSweep broom, long epochSecond) {
        sweep = broom;
        sweepAt = epochSecond;
    }

    /** The last reservation that will be written. */
    @Nullable
    Reservation last() {
        return reservations.isEmpty() ? null : reservations.get(reservations.size() - 1);
    }

    void write(Connection connection) throws SQLException {
        count(connection);
        insert(connection);
        if (!settled.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
                statement.setArray(1, connection.createArrayOf("uuid", settled.toArray()));
                statement.executeUpdate();
            }
        }
        if (sweep != null) {
            sweep.run(connection, sweepAt);
        }
    }

    private void count(Connection connection) throws SQLException {
        if (raised.isEmpty()) {
            return;
        }
        List<UsageWindow> windows = List.copyOf(raised);
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            setWindows(statement, windows);
            statement.setArray(4, array(connection, "bigint", windows, this::used));
            statement.executeUpdate();
        }
    }

    private static void setWindows(PreparedStatement statement, List<UsageWindow> windows) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(1, array(connection, "text", windows, UsageWindow::principalKey));
        statement.setArray(2, array(connection, "bigint", windows, UsageWindow::seconds));
        statement.setArray(3, array(connection, "bigint", windows, UsageWindow::start));
    }

    private void insert(Connection connection) throws SQLException {
        if (reservations.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            statement.setArray(1, array(connection, "uuid", reservations, Reservation::requestId));
            statement.setArray(2, array(connection, "text", reservations, Reservation::principalKey));
            statement.setArray(3, array(connection, "text", reservations, Reservation::userId));
            statement.setArray(4, array(connection, "text", reservations, Reservation::role));
            statement.setArray(5, array(connection, "text", reservations, Reservation::resource));
            statement.setArray(
                    6, array(connection, "bigint", reservations, reservation -> AuditRecord.micros(reservation.at())));
            statement.executeUpdate();
        }
    }

    private static <E> Array array(Connection connection, String type, List<E> elements, Function<E, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, elements.stream().map(value).toArray());
    }
}
