package io.clawsec.store.postgres;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.sql.AuditPageSql;
import io.clawsec.store.sql.AuditRows;
import io.clawsec.store.sql.SqlReaders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The audit in PostgreSQL: the exact bytes of each record, and beside them the columns that queries look in. */
public final class PostgresAuditRepository implements AuditRepository {

    /** Records read at once where all are read; between two such pages no transaction is open. */
    private static final int RECORDS_AT_ONCE = 200;

    /** Before every writer, in the order that PostgreSQL gives UUIDs: that of their bytes. */
    private static final RecordPage START = new RecordPage(List.of(), new UUID(0, 0), -1, -1, -1);

    /** The row's own place makes the order whole: where two are filed under one place, neither is passed over. */
    private static final String NEXT_RECORDS = "SELECT " + AuditRows.OF_RECORD + """
            , position FROM audit_events
            WHERE (writer_id, sequence, timestamp_micros, position) > (?, ?, ?, ?)
            ORDER BY writer_id, sequence, timestamp_micros, position LIMIT ?""";

    private static final String PROBE = "UPDATE write_probes SET probes = probes + 1 WHERE id = 1";

    private final PostgresWriter writer;
    private final SqlReaders readers;

    PostgresAuditRepository(PostgresWriter writer, SqlReaders readers) {
        this.writer = writer;
        this.readers = readers;
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
            writer.write(new AuditAppends(events));
        } catch (StoreUnavailableException e) {
            throw unwritable(e);
        }
    }

    @Override
    public AuditPage find(AuditQuery query) {
        AuditPageSql sql = sql(query);
        String userId = query.userId();
        if (userId != null && userId.indexOf('\0') >= 0) { // no text in PostgreSQL has it, so nobody is called that
            return new AuditPage(List.of(), null);
        }
        return read(connection -> AuditRows.page(connection, sql, query.limit()));
    }

    static AuditPageSql sql(AuditQuery query) {
        return AuditPageSql.of(query, "audit_events", NativeUuids.COLUMN);
    }

    @Override
    public void forEachRecord(Consumer<StoredRecord> consumer) {
        RecordPage page = START;
        do {
            RecordPage before = page;
            page = read(connection -> recordsAfter(connection, before));
            page.records().forEach(consumer); // with no connection held: a consumer may be slow
        } while (page.records().size() == RECORDS_AT_ONCE);
    }

    /** Some records, and where the last of them is. */
    private record RecordPage(
            List<StoredRecord> records, UUID writerId, long sequence, long timestampMicros, long position) {}

    private static RecordPage recordsAfter(Connection connection, RecordPage before) throws SQLException {
        List<StoredRecord> records = new ArrayList<>(RECORDS_AT_ONCE);
        UUID writerId = before.writerId();
        long sequence = before.sequence();
        long timestampMicros = before.timestampMicros();
        long position = before.position();
        try (PreparedStatement statement = connection.prepareStatement(NEXT_RECORDS)) {
            statement.setObject(1, before.writerId());
            statement.setLong(2, before.sequence());
            statement.setLong(3, before.timestampMicros());
            statement.setLong(4, before.position());
            statement.setInt(5, RECORDS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    StoredRecord record = AuditRows.record(rows, NativeUuids.COLUMN);
                    records.add(record);
                    writerId = record.writerId();
                    sequence = record.sequence();
                    timestampMicros = record.indexed().timestampMicros();
                    position = rows.getLong(11);
                }
            }
        }
        return new RecordPage(records, writerId, sequence, timestampMicros, position);
    }

    /** Writes and commits a row of its own: rights and locks alone can be had on a disk that is full. */
    @Override
    public void probe() {
        try {
            writer.probe(new Probe());
        } catch (StoreUnavailableException e) {
            throw unwritable(e);
        }
    }

    private record Probe() implements PostgresTask<Integer> {

        @Override
        public Integer run(WriteBatch batch) throws SQLException {
            try (PreparedStatement probe = batch.connection().prepareStatement(PROBE)) {
                return probe.executeUpdate();
            }
        }

        @Override
        public boolean speaksSql() {
            return true;
        }
    }

    private static AuditUnavailableException unwritable(StoreUnavailableException e) {
        return new AuditUnavailableException("the audit cannot be written now: " + e.getMessage(), e);
    }

    private <T> T read(SqlReaders.Reading<T> reading) {
        try {
            return readers.read(reading);
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be read now: " + e.getMessage(), e);
        }
    }

    @Override
    public String system() {
        return "postgresql";
    }
}
