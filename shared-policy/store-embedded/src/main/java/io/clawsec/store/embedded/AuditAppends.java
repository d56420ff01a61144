package io.clawsec.store.embedded;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Puts events at the end of this process's chain, inside the writer's transaction. */
final class AuditAppends {

    private static final String INSERT = """
            INSERT INTO audit_events (id, timestamp_micros, event_type, user_id, outcome, request_id,
                writer_id, sequence, hash, record)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING""";

    private static final String HEAD =
            "SELECT sequence, hash FROM audit_events WHERE writer_id = ? ORDER BY sequence DESC LIMIT 1";

    /** Confined to the writer's thread, as is all below. */
    private final AuditChain chain;

    /**
     * Whether the chain's head may be ahead of the table. The table is asked then, and not a mark from before: of a
     * commit that failed, only the table knows what it came to.
     */
    private boolean headInDoubt;

    AuditAppends(AuditChain chain) {
        this.chain = chain;
    }

    /** The task that appends these, all or none. */
    SqliteTask<Integer> of(List<AuditEvent> events) {
        return new SqliteTask<>() {
            @Override
            public Integer run(WriteSession session) throws SQLException {
                settleHead(session);
                for (AuditEvent event : events) {
                    insert(session, chain.next(event));
                }
                return events.size();
            }

            @Override
            public void undone() {
                headInDoubt = true;
            }
        };
    }

    private void settleHead(WriteSession session) throws SQLException {
        if (!headInDoubt) {
            return;
        }
        PreparedStatement statement = session.prepared(HEAD);
        statement.setBytes(1, UuidBytes.of(chain.writerId()));
        try (ResultSet last = statement.executeQuery()) {
            chain.moveTo(
                    last.next()
                            ? AuditChain.Head.after(
                                    last.getLong(1), HexFormat.of().formatHex(last.getBytes(2)))
                            : AuditChain.Head.START);
        }
        headInDoubt = false;
    }

    private static void insert(WriteSession session, StoredRecord record) throws SQLException {
        StoredRecord.IndexedFields indexed = record.indexed();
        PreparedStatement statement = session.prepared(INSERT);
        statement.setBytes(1, UuidBytes.of(indexed.id()));
        statement.setLong(2, indexed.timestampMicros());
        statement.setString(3, indexed.type());
        statement.setString(4, indexed.userId());
        statement.setString(5, indexed.outcome());
        statement.setBytes(6, UuidBytes.of(indexed.requestId()));
        statement.setBytes(7, UuidBytes.of(record.writerId()));
        statement.setLong(8, record.sequence());
        statement.setBytes(9, HexFormat.of().parseHex(record.hash()));
        statement.setBytes(10, record.bytes());
        if (statement.executeUpdate() == 0) {
            throw new DuplicateEventException("an event with the id " + indexed.id() + " is there already");
        }
    }
}
