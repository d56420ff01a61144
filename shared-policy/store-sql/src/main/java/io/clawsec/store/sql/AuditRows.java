package io.clawsec.store.sql;

import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.UnreadableRecordException;
import io.clawsec.store.AuditCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the table of events, as the core knows them. */
public final class AuditRows {

    /** The columns that {@link #record} reads, in this order and first. */
    public static final String OF_RECORD =
            "writer_id, sequence, hash, id, timestamp_micros, event_type, user_id, outcome, request_id, record";

    private AuditRows() {}

    /**
     * The page that a query comes to.
     *
     * @param limit of the query
     */
    public static AuditPage page(Connection connection, AuditPageSql sql, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        @Nullable AuditCursor last = null;
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (events.size() == limit && last != null) {
                    return new AuditPage(events, last.text());
                }
                events.add(event(rows.getBytes(4), HexFormat.of().formatHex(rows.getBytes(3))));
                last = new AuditCursor(rows.getLong(2), rows.getLong(1));
            }
        }
        return new AuditPage(events, null);
    }

    private static StoredEvent event(byte[] record, String hash) {
        try {
            return AuditRecord.parse(record).filedUnder(hash);
        } catch (UnreadableRecordException e) {
            throw new AuditUnavailableException("a stored record cannot be read; verifying the audit names it", e);
        }
    }

    /** The record of the row that the rows are at, whatever state it is in. */
    public static StoredRecord record(ResultSet rows, UuidColumn uuids) throws SQLException {
        return new StoredRecord(
                uuids.read(rows, 1),
                rows.getLong(2),
                HexFormat.of().formatHex(rows.getBytes(3)),
                new StoredRecord.IndexedFields(
                        uuids.read(rows, 4),
                        rows.getLong(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8),
                        uuids.read(rows, 9)),
                rows.getBytes(10));
    }
}
