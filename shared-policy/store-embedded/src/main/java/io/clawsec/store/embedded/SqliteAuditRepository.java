package io.clawsec.store.embedded;

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
import java.util.function.Consumer;

/** The audit in SQLite: the exact bytes of each record, and beside them the columns that queries look in. */
public final class SqliteAuditRepository implements AuditRepository {

    /** Records read at once where all are read; between two such pages nothing keeps the log from being recycled. */
    private static final int RECORDS_AT_ONCE = 200;

    private static final String NEXT_RECORDS = "SELECT " + AuditRows.OF_RECORD
            + " FROM audit_events WHERE (writer_id, sequence) > (?, ?) ORDER BY writer_id, sequence LIMIT ?";

    private static final String PROBE = "UPDATE write_probes SET probes = probes + 1 WHERE id = 1";

    private final SqliteWriter writer;
    private final SqlReaders readers;
    private final AuditAppends appends;

    SqliteAuditRepository(SqliteWriter writer, SqlReaders readers, AuditAppends appends) {
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
        AuditPageSql sql = sql(query);
        try {
            return readers.read(connection -> AuditRows.page(connection, sql, query.limit()));
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be read now: " + e.getMessage(), e);
        }
    }

    static AuditPageSql sql(AuditQuery query) {
        return AuditPageSql.of(query, "audit_events INDEXED BY " + index(query), UuidBytes.COLUMN);
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
                    records.add(AuditRows.record(rows, UuidBytes.COLUMN));
                }
            }
        }
        return new RecordPage(records, writerId, sequence);
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
