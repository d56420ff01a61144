package io.clawsec.store.postgres;

import java.sql.SQLException;
import java.util.Set;

/** What an SQLSTATE says of what may be done next (PostgreSQL's documentation, appendix A). */
final class Failures {

    private static final String CONNECTION_CLASS = "08";

    private static final String NO_CONNECTION = "08003";

    /** The server ends, has ended by a crash, or does not take connections yet; and a session that sat idle too long. */
    private static final Set<String> SERVER_ENDS = Set.of("57P01", "57P02", "57P03", "25P03", "57P05");

    private static final String UNIQUE_KEY = "23505";

    /** Another transaction was first: a unique key, a serialization, a deadlock, a lock. */
    private static final Set<String> OTHERS_FIRST = Set.of(UNIQUE_KEY, "40001", "40P01", "55P03");

    private Failures() {}

    /** Whether the connection is gone, so that it is not known what became of the last thing said on it. */
    static boolean isOfConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONNECTION_CLASS) || SERVER_ENDS.contains(state));
    }

    /** What it means that a connection is gone, told by an exception that does not say so. */
    static SQLException ofConnection(SQLException cause) {
        return new SQLException(cause.getMessage(), NO_CONNECTION, cause);
    }

    /** Whether a row was there already that may be there once. */
    static boolean isOfUniqueKey(SQLException e) {
        return UNIQUE_KEY.equals(e.getSQLState());
    }

    /** Whether the same transaction may succeed when it is tried again. */
    static boolean mayPass(SQLException e) {
        return isOfConnection(e) || OTHERS_FIRST.contains(String.valueOf(e.getSQLState()));
    }
}
