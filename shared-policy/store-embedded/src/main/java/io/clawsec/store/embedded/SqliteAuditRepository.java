package io.clawsec.store.embedded;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.UnreadableRecordException;
import io.clawsec.store.AuditCursor;
import io.clawsec.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The audit in SQLite: the exact bytes of each record, and beside them the columns that queries look in. */
public final class SqliteAuditRepository implements AuditRepository {

    /** Records read at once where all are read; between two such pages nothing keeps the log from being recycled. */
    private static final int RECORDS_AT_ONCE = 200;

    private static final String NEXT_RECORDS = """
            SELECT writer_id, sequence, hash, id, timestamp_micros, event_type, user_id, outcome, request_id, record
            FROM audit_events WHERE (writer_id, sequence) > (?, ?) ORDER BY writer_id, sequence LIMIT ?""";

    private static final String PROBE = "UPDATE write_probes SET probes = probes + 1 WHERE id = 1";

    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final AuditAppends appends;

    SqliteAuditRepository(SqliteWriter writer, SqliteReaders readers, AuditAppends appends) {
        this.writer = writer;
        this.readers = readers;
        this.appends = appends;
    }

    @Override
    public void append(List<AuditEvent> events) {
        if (events.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("at most " + MOST_AT_ONCE + " events are appended at once");
        }
        if (events.isEmpty()) {
            return;
        }
        try {
            writer.write(appends.of(List.copyOf(events)));
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be written now: " + e.getMessage(), e);
        }
    }

    @Override
    public AuditPage find(AuditQuery query) {
        AuditPageSql sql = AuditPageSql.of(query);
        try {
            return readers.read(connection -> page(connection, sql, query.limit()));
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be read now: " + e.getMessage(), e);
        }
    }

    private static AuditPage page(Connection connection, AuditPageSql sql, int limit) throws SQLException {
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

    @Override
    public void forEachRecord(Consumer<StoredRecord> consumer) {
        RecordPage page = new RecordPage(List.of(), new byte[0], -1); // before every writer
        do {
            RecordPage before = page;
            try {
                page = readers.read(connection -> recordsAfter(connection, before));
            } catch (StoreUnavailableException e) {
                throw new AuditUnavailableException("the audit cannot be read now: " + e.getMessage(), e);
            }
            page.records().forEach(consumer); // with no connection held: a consumer may be slow
        } while (page.records().size() == RECORDS_AT_ONCE);
    }

    /** Some records, and where the last of them is filed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record RecordPage(List<StoredRecord> records, byte[] writerId, long sequence) {}

    private static RecordPage recordsAfter(Connection connection, RecordPage before) throws SQLException {
        List<StoredRecord> records = new ArrayList<>(RECORDS_AT_ONCE);
        byte[] writerId = before.writerId();
        long sequence = before.sequence();
        try (PreparedStatement statement = connection.prepareStatement(NEXT_RECORDS)) {
            statement.setBytes(1, writerId);
            statement.setLong(2, sequence);
            statement.setInt(3, RECORDS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    writerId = rows.getBytes(1);
                    sequence = rows.getLong(2);
                    records.add(record(rows));
                }
            }
        }
        return new RecordPage(records, writerId, sequence);
    }

    private static StoredRecord record(ResultSet rows) throws SQLException {
        return new StoredRecord(
                UuidBytes.read(rows.getBytes(1)),
                rows.getLong(2),
                HexFormat.of().formatHex(rows.getBytes(3)),
                new StoredRecord.IndexedFields(
                        UuidBytes.read(rows.getBytes(4)),
                        rows.getLong(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8),
                        UuidBytes.read(rows.getBytes(9))),
                rows.getBytes(10));
    }

    /** Writes and commits a row of its own: a lock alone can be had on a disk that is full. */
    @Override
    public void probe() {
        try {
            writer.probe(session -> session.prepared(PROBE).executeUpdate());
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be written now: " + e.getMessage(), e);
        }
    }

    @Override
    public String system() {
        return "sqlite";
    }
}
