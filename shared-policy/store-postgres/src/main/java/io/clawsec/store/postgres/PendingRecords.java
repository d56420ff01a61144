package io.clawsec.store.postgres;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.StoredRecord;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records of a batch: one statement writes them all, with the table that keeps their ids unique. */
final class PendingRecords {

    /** Records are written before the batch's end when they are longer than this together. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** In the order of the arrays, which is the order of the chain: positions rise with sequences. */
    private static final String INSERT = """
            WITH appended AS (
                SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[],
                    ?::bigint[], ?::bytea[], ?::bytea[])
                AS r(id, timestamp_micros, event_type, user_id, outcome, request_id, writer_id, sequence, hash, record)
            ), ids AS (
                INSERT INTO audit_ids (id, writer_id, sequence) SELECT id, writer_id, sequence FROM appended
            )
            INSERT INTO audit_events (id, timestamp_micros, event_type, user_id, outcome, request_id, writer_id, sequence,
                hash, record)
            SELECT id, timestamp_micros, event_type, user_id, outcome, request_id, writer_id, sequence, hash, record
            FROM appended""";

    private static final String KNOWN = "SELECT id FROM audit_ids WHERE id = ANY (?::uuid[])";

    private final Set<UUID> announced = new LinkedHashSet<>();
    private final Set<UUID> taken = new HashSet<>();
    private final List<StoredRecord> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable StoredRecord last;

    void announce(List<AuditEvent> events) {
        events.forEach(event -> announced.add(event.id()));
    }

    void findKnown(Connection connection) throws SQLException {
        if (announced.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setArray(1, connection.createArrayOf("uuid", announced.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    /** Whether an event has the id already: in the table, as far as it was asked, or in this batch. */
    boolean isTaken(UUID id) {
        return taken.contains(id);
    }

    void add(StoredRecord record) {
        taken.add(record.indexed().id());
        waiting.add(record);
        waitingBytes += record.bytes().length;
    }

    /** How many wait; a task that falls takes its own away with {@link #keep}. */
    int waiting() {
        return waiting.size();
    }

    void keep(int count) {
        List<StoredRecord> fallen = waiting.subList(count, waiting.size());
        for (StoredRecord record : fallen) {
            taken.remove(record.indexed().id());
            waitingBytes -= record.bytes().length;
        }
        fallen.clear();
    }

    /** Whether what waits should be written before more comes. */
    boolean areMany() {
        return waitingBytes > MOST_BYTES;
    }

    /** The last record that was written. */
    @Nullable
    StoredRecord last() {
        return last;
    }

    void insert(Connection connection) throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(
                    1, array(connection, "uuid", record -> record.indexed().id()));
            statement.setArray(
                    2, array(connection, "bigint", record -> record.indexed().timestampMicros()));
            statement.setArray(
                    3, array(connection, "text", record -> record.indexed().type()));
            statement.setArray(
                    4, array(connection, "text", record -> record.indexed().userId()));
            statement.setArray(
                    5, array(connection, "text", record -> record.indexed().outcome()));
            statement.setArray(
                    6, array(connection, "uuid", record -> record.indexed().requestId()));
            statement.setArray(7, array(connection, "uuid", StoredRecord::writerId));
            statement.setArray(8, array(connection, "bigint", StoredRecord::sequence));
            statement.setArray(9, bytes(connection, record -> HexFormat.of().parseHex(record.hash())));
            statement.setArray(10, bytes(connection, StoredRecord::bytes));
            statement.executeUpdate();
        }
        last = waiting.get(waiting.size() - 1);
        waiting.clear();
        waitingBytes = 0;
    }

    private Array array(Connection connection, String type, Function<StoredRecord, @Nullable Object> value)
            throws SQLException {
        Object[] values = new Object[waiting.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(waiting.get(i));
        }
        return connection.createArrayOf(type, values);
    }

    private Array bytes(Connection connection, Function<StoredRecord, byte[]> value) throws SQLException {
        byte[][] values = new byte[waiting.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(waiting.get(i));
        }
        return connection.createArrayOf("bytea", values);
    }
}
