package io.clawsec.store.embedded;

import io.clawsec.audit.StoredRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The stores that a test has open on one file, as one process or as several. */
final class Stores implements AutoCloseable {

    private final Path file;
    private final Deque<EmbeddedStore> open = new ArrayDeque<>();
    private final EmbeddedStore mine;

    Stores(Path folder) {
        this.file = folder.resolve("clawsec.db");
        this.mine = another();
    }

    Path file() {
        return file;
    }

    /** The store of "this" process. */
    EmbeddedStore mine() {
        return mine;
    }

    /** One more store on the same file. */
    final EmbeddedStore another() {
        EmbeddedStore store = EmbeddedStore.open(file);
        open.addLast(store);
        return store;
    }

    /** A connection without any of the store's care. */
    Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    void tamper(StoredRecord stored, @Nullable StoredRecord replacement) {
        String change = replacement == null ? "DELETE FROM audit_events WHERE writer_id = ? AND sequence = ?" : """
                UPDATE audit_events SET writer_id = ?, sequence = ?, hash = ?, timestamp_micros = ?, event_type = ?,
                    user_id = ?, outcome = ?, record = ? WHERE writer_id = ? AND sequence = ?""";
        try (Connection connection = raw();
                PreparedStatement statement = connection.prepareStatement(change)) {
            int next = 1;
            if (replacement != null) {
                statement.setBytes(next++, UuidBytes.of(replacement.writerId()));
                statement.setLong(next++, replacement.sequence());
                statement.setBytes(next++, HexFormat.of().parseHex(replacement.hash()));
                statement.setLong(next++, replacement.indexed().timestampMicros());
                statement.setString(next++, replacement.indexed().type());
                statement.setString(next++, replacement.indexed().userId());
                statement.setString(next++, replacement.indexed().outcome());
                statement.setBytes(next++, replacement.bytes());
            }
            statement.setBytes(next++, UuidBytes.of(stored.writerId()));
            statement.setLong(next, stored.sequence());
            if (statement.executeUpdate() != 1) {
                throw new AssertionError("no such record");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        open.forEach(EmbeddedStore::close);
    }
}
