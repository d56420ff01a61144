package io.clawsec.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Removes, now and then, the counters of windows that ended long ago. Confined to the writer's thread. */
final class UsageSweep {

    /** Ended windows removed in one go: more than reservations can have made since the last. */
    private static final int MOST_SWEPT = 1024;

    /** Reservations from one sweep to the next. */
    private static final int EVERY = 128;

    /** How long an ended window is kept: a process whose clock is behind still counts in it. */
    private static final long KEPT_SECONDS = 3_600;

    /** What somebody else has locked is left for another time, so that nobody waits for a sweep. */
    private static final String SWEEP = """
            DELETE FROM usage_counters WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM usage_counters WHERE window_start + window_seconds < ?
                ORDER BY window_start + window_seconds LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private int untilDue = EVERY;

    /** Counts a reservation; true when it is time to sweep. */
    boolean isDue() {
        untilDue--;
        if (untilDue <= 0) {
            untilDue = EVERY;
            return true;
        }
        return false;
    }

    void run(Connection connection, long epochSecond) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            statement.setLong(1, epochSecond - KEPT_SECONDS);
            statement.setInt(2, MOST_SWEPT);
            statement.executeUpdate();
        }
    }
}
