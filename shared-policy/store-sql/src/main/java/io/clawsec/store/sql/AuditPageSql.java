package io.clawsec.store.sql;

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
 * A query in SQL's words: walks one index, newest first, from where the page before ended.
 *
 * @param sql without any value of the query in it
 * @param parameters the values, in order
 */
public record AuditPageSql(String sql, List<Object> parameters) {

    /**
     * Says a query.
     *
     * @param events the table of events, with what its engine has to be told about it
     * @throws io.clawsec.audit.InvalidCursorException when the cursor is none
     */
    public static AuditPageSql of(AuditQuery query, String events, UuidColumn uuids) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        UUID requestId = query.requestId();
        if (requestId != null) {
            add(conditions, parameters, "request_id", uuids.of(requestId));
        }
        String userId = query.userId();
        if (userId != null) {
            add(conditions, parameters, "user_id", userId);
        }
        EventType type = query.type();
        if (type != null) {
            add(conditions, parameters, "event_type", type.wireName());
        }
        EventOutcome outcome = query.outcome();
        if (outcome != null) {
            add(conditions, parameters, "outcome", outcome.wireName());
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
                "SELECT position, timestamp_micros, hash, record FROM " + events + where
                        + " ORDER BY timestamp_micros DESC, position DESC LIMIT ?",
                parameters);
    }

    /**
     * The first filter, which is the most selective, enters its index; the others are compared on the way and, said like
     * this, tempt no planner into theirs: without statistics it would guess which one is best.
     */
    private static void add(List<String> conditions, List<Object> parameters, String column, Object value) {
        conditions.add(column + (conditions.isEmpty() ? " = ?" : " IS NOT DISTINCT FROM ?"));
        parameters.add(value);
    }

    /**
     * Of the end of time asked for and the cursor only the tighter, so that the index is entered right there. The cursor's
     * time is said a second time, alone: of a pair of columns PostgreSQL does not see which months it leaves out. SQLite
     * enters the index at the cursor's microsecond and passes over the few events of the same one.
     */
    private static void addUpperBound(AuditQuery query, List<String> conditions, List<Object> parameters) {
        String text = query.cursor();
        @Nullable AuditCursor cursor = text == null ? null : AuditCursor.parse(text);
        Instant to = query.to();
        if (to != null && (cursor == null || AuditRecord.microsNotBefore(to) <= cursor.timestampMicros())) {
            conditions.add("timestamp_micros < ?");
            parameters.add(AuditRecord.microsNotBefore(to));
        } else if (cursor != null) {
            conditions.add("timestamp_micros <= ? AND (timestamp_micros, position) < (?, ?)");
            parameters.add(cursor.timestampMicros());
            parameters.add(cursor.timestampMicros());
            parameters.add(cursor.position());
        }
    }

    /** The statement with its values. The caller closes it. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }
}
