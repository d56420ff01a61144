package io.clawsec.store.embedded;

import io.clawsec.usage.UsageWindow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The counters of the windows, inside the writer's transaction. */
final class UsageCounters {

    /** Ended windows removed in one go: more than reservations can have made since the last. */
    private static final int MOST_SWEPT = 1024;

    /** Reservations from one sweep to the next. */
    private static final int SWEEP_EVERY = 128;

    /** How long an ended window is kept: a process whose clock is behind still counts in it. */
    private static final long KEPT_SECONDS = 3_600;

    private static final String READ =
            "SELECT requests FROM usage_counters WHERE principal_key = ? AND window_seconds = ? AND window_start = ?";

    private static final String ADD = """
            INSERT INTO usage_counters (principal_key, window_seconds, window_start, requests) VALUES (?, ?, ?, 1)
            ON CONFLICT DO UPDATE SET requests = requests + 1""";

    private static final String SWEEP = """
            DELETE FROM usage_counters WHERE (principal_key, window_seconds, window_start) IN (
                SELECT principal_key, window_seconds, window_start FROM usage_counters
                INDEXED BY usage_counters_by_end
                WHERE window_start + window_seconds < ? ORDER BY window_start + window_seconds LIMIT ?)""";

    /** Confined to the writer's thread. */
    private int untilSweep = SWEEP_EVERY;

    static long read(WriteSession session, UsageWindow window) throws SQLException {
        PreparedStatement statement = session.prepared(READ);
        set(statement, window);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    static void add(WriteSession session, UsageWindow window) throws SQLException {
        PreparedStatement statement = session.prepared(ADD);
        set(statement, window);
        statement.executeUpdate();
    }

    private static void set(PreparedStatement statement, UsageWindow window) throws SQLException {
        statement.setString(1, window.principalKey());
        statement.setLong(2, window.seconds());
        statement.setLong(3, window.start());
    }

    /** Now and then removes windows that ended long ago. */
    void sweep(WriteSession session, long epochSecond) throws SQLException {
        untilSweep--;
        if (untilSweep <= 0) {
            untilSweep = SWEEP_EVERY;
            PreparedStatement statement = session.prepared(SWEEP);
            statement.setLong(1, epochSecond - KEPT_SECONDS);
            statement.setInt(2, MOST_SWEPT);
            statement.executeUpdate();
        }
    }
}
