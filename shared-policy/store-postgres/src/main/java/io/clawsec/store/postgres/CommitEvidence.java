package io.clawsec.store.postgres;

import io.clawsec.audit.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A row that is there if a transaction was committed, and not otherwise.
 *
 * @param sql asks for it
 * @param parameters of the SQL, in order
 */
record CommitEvidence(String sql, List<Object> parameters) {

    /** The whole record, hash and all: the place alone might be another's. */
    static CommitEvidence of(StoredRecord record) {
        return new CommitEvidence(
                "SELECT 1 FROM audit_events WHERE writer_id = ? AND sequence = ? AND hash = ?",
                List.of(record.writerId(), record.sequence(), HexFormat.of().parseHex(record.hash())));
    }

    /** Its caller has not been answered, so nobody has settled it. */
    static CommitEvidence of(UUID reservedRequest) {
        return new CommitEvidence("SELECT 1 FROM usage_reservations WHERE request_id = ?", List.of(reservedRequest));
    }

    boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
