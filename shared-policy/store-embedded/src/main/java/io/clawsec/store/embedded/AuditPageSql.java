package io.clawsec.store.embedded;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.store.AuditCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A query in SQLite's words: walks one index, newest first, from where the page before ended.
 *
 * @param sql without any value of the query in it
 * @param parameters the values, in order
 */
record AuditPageSql(String sql, List<Object> parameters) {

    static AuditPageSql of(AuditQuery query) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        UUID requestId = query.requestId();
        if (requestId != null) {
            conditions.add("request_id = ?");
            parameters.add(UuidBytes.of(requestId));
        }
        String userId = query.userId();
        if (userId != null) {
            conditions.add("user_id = ?");
            parameters.add(userId);
        }
        EventType type = query.type();
        if (type != null) {
            conditions.add("event_type = ?");
            parameters.add(type.wireName());
        }
        EventOutcome outcome = query.outcome();
        if (outcome != null) {
            conditions.add("outcome = ?");
            parameters.add(outcome.wireName());
        }
        Instant from = query.from();
        if (from != null) {
            conditions.add("timestamp_micros >= ?");
            parameters.add(AuditRecord.microsNotBefore(from));
        }
        addUpperBound(query, conditions, parameters);
        parameters.add(query.limit() + 1); // one more tells whether there is a next page
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return new AuditPageSql(
                "SELECT position, timestamp_micros, hash, record FROM audit_events INDEXED BY " + index(query) + where
                        + " ORDER BY timestamp_micros DESC, position DESC LIMIT ?",
                parameters);
    }

    /**
     * The most selective index of those that serve: named, because without statistics the planner guesses, and a guess
     * that changes with the version is a page that takes seconds one day.
     */
    private static String index(AuditQuery query) {
        if (query.requestId() != null) {
            return "audit_events_by_request";
        }
        if (query.userId() != null) {
            return "audit_events_by_user";
        }
        if (query.type() != null) {
            return "audit_events_by_type";
        }
        return query.outcome() != null ? "audit_events_by_outcome" : "audit_events_by_time";
    }

    /**
     * Of the end of time asked for and the cursor only the tighter, so that the index is entered right there. SQLite
     * enters it at the cursor's microsecond and passes over the few events of the same one.
     */
    private static void addUpperBound(AuditQuery query, List<String> conditions, List<Object> parameters) {
        String text = query.cursor();
        @Nullable AuditCursor cursor = text == null ? null : AuditCursor.parse(text);
        Instant to = query.to();
        if (to != null && (cursor == null || AuditRecord.microsNotBefore(to) <= cursor.timestampMicros())) {
            conditions.add("timestamp_micros < ?");
            parameters.add(AuditRecord.microsNotBefore(to));
        } else if (cursor != null) {
            conditions.add("(timestamp_micros, position) < (?, ?)");
            parameters.add(cursor.timestampMicros());
            parameters.add(cursor.position());
        }
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }
}
