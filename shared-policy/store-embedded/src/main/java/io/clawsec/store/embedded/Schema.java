package io.clawsec.store.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, their version, and the steps from one version to the next. */
final class Schema {

    /** "Claw": tells this program's databases from others (PRAGMA application_id). */
    static final int APPLICATION_ID = 0x436C_6177;

    /** The newest version, as many as there are steps (PRAGMA user_version). */
    static final int VERSION = 2;

    /*
     * The record stands last: reading a column behind a long blob means reading the blob. Every index ends with the
     * time, and then, as every index of SQLite, with the row's position: pages come out of it in order, unsorted.
     */
    private static final List<String> FIRST_STEP = List.of(
            """
            CREATE TABLE audit_events (
                position INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE,
                timestamp_micros INTEGER NOT NULL,
                event_type TEXT NOT NULL,
                user_id TEXT,
                outcome TEXT NOT NULL,
                request_id BLOB NOT NULL,
                writer_id BLOB NOT NULL,
                sequence INTEGER NOT NULL,
                hash BLOB NOT NULL,
                record BLOB NOT NULL,
                UNIQUE (writer_id, sequence)
            ) STRICT""",
            "CREATE INDEX audit_events_by_time ON audit_events (timestamp_micros)",
            "CREATE INDEX audit_events_by_type ON audit_events (event_type, timestamp_micros)",
            "CREATE INDEX audit_events_by_user ON audit_events (user_id, timestamp_micros)",
            "CREATE INDEX audit_events_by_outcome ON audit_events (outcome, timestamp_micros)",
            "CREATE INDEX audit_events_by_request ON audit_events (request_id, timestamp_micros)",
            """
            CREATE TABLE usage_counters (
                principal_key TEXT NOT NULL,
                window_seconds INTEGER NOT NULL,
                window_start INTEGER NOT NULL,
                requests INTEGER NOT NULL,
                PRIMARY KEY (principal_key, window_seconds, window_start)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX usage_counters_by_end ON usage_counters (window_start + window_seconds)",
            """
            CREATE TABLE usage_reservations (
                request_id BLOB PRIMARY KEY,
                principal_key TEXT NOT NULL,
                user_id TEXT NOT NULL,
                role TEXT NOT NULL,
                resource TEXT NOT NULL,
                at_micros INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX usage_reservations_by_time ON usage_reservations (at_micros)",
            "CREATE TABLE write_probes (id INTEGER PRIMARY KEY, probes INTEGER NOT NULL) STRICT",
            "INSERT INTO write_probes (id, probes) VALUES (1, 0)");

    /** Settings. There is one version for all sections, in a row that is there from the start. */
    private static final List<String> SECOND_STEP = List.of(
            "CREATE TABLE settings_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT",
            "INSERT INTO settings_version (id, version) VALUES (1, 0)",
            """
            CREATE TABLE settings_sections (
                section TEXT PRIMARY KEY,
                content TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""");

    /** The step at place n brings version n to n + 1. */
    private static final List<List<String>> STEPS = List.of(FIRST_STEP, SECOND_STEP);

    private Schema() {}

    /** Brings a database to {@link #VERSION}; one from a later version of the program, or of another, is refused. */
    static void bring(Connection connection) throws SQLException {
        if (pragma(connection, "user_version") == VERSION && pragma(connection, "application_id") == APPLICATION_ID) {
            return; // the usual case, without a lock
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                step(connection, statement);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static void step(Connection connection, Statement statement) throws SQLException {
        int version = pragma(connection, "user_version"); // again: another process may have been faster
        if (version > VERSION) {
            throw new UnusableDatabaseException(
                    "the database has schema version " + version + ", and this program knows versions up to " + VERSION
                            + "; run the version of ClawSec that made it, or a later one",
                    null);
        }
        boolean ours = pragma(connection, "application_id") == APPLICATION_ID;
        if (!ours && !isEmpty(statement)) {
            throw new UnusableDatabaseException(
                    "the file is a database of another program; name another file in DATABASE_URL", null);
        }
        for (List<String> step : STEPS.subList(version, VERSION)) {
            for (String sql : step) {
                statement.execute(sql);
            }
        }
        statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + VERSION);
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet any = statement.executeQuery("SELECT 1 FROM sqlite_schema LIMIT 1")) {
            return !any.next();
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA " + name)) {
            return result.getInt(1);
        }
    }
}
