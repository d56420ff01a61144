package io.clawsec.store.postgres;

import io.clawsec.audit.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database of a test's own, and the stores that the test has open on it, as one process or as several. */
final class TestDatabase implements AutoCloseable {

    private final TestServer server = TestServer.shared();
    private final String name = server.newDatabase();
    private final Deque<PostgresStore> open = new ArrayDeque<>();
    private final PostgresStore mine = another();

    /** The store of "this" process. */
    PostgresStore mine() {
        return mine;
    }

    /** One more store on the same database. */
    final PostgresStore another() {
        return open(PostgresWriter.Bounds.USUAL);
    }

    final PostgresStore open(PostgresWriter.Bounds bounds) {
        PostgresStore store = PostgresStore.open(runtime(), UUID::randomUUID, bounds);
        open.addLast(store);
        return store;
    }

    final PostgresUrl runtime() {
        return server.url(TestServer.RUNTIME, name);
    }

    /** As {@code DATABASE_URL} says it. */
    String runtimeText() {
        return server.text(TestServer.RUNTIME, name);
    }

    PostgresUrl owner() {
        return server.url(TestServer.OWNER, name);
    }

    /** A connection of somebody whom no right binds. */
    Connection raw() throws SQLException {
        return server.superuser(name).dataSource().getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one number that a query gives. */
    long number(String sql) throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Does what the triggers refuse, as only somebody can who may switch them off. */
    void intrude(String sql) throws SQLException {
        execute("ALTER TABLE audit_events DISABLE TRIGGER audit_refuse_change; " + sql
                + "; ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_refuse_change");
    }

    void tamper(StoredRecord stored, @Nullable StoredRecord replacement) {
        String change = replacement == null ? "DELETE FROM audit_events WHERE writer_id = ? AND sequence = ?" : """
                UPDATE audit_events SET writer_id = ?, sequence = ?, hash = ?, timestamp_micros = ?, event_type = ?,
                    user_id = ?, outcome = ?, record = ? WHERE writer_id = ? AND sequence = ?""";
        try (Connection connection = raw();
                Statement triggers = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(change)) {
            triggers.execute("ALTER TABLE audit_events DISABLE TRIGGER audit_refuse_change");
            int next = 1;
            if (replacement != null) {
                statement.setObject(next++, replacement.writerId());
                statement.setLong(next++, replacement.sequence());
                statement.setBytes(next++, HexFormat.of().parseHex(replacement.hash()));
                statement.setLong(next++, replacement.indexed().timestampMicros());
                statement.setString(next++, replacement.indexed().type());
                statement.setString(next++, replacement.indexed().userId());
                statement.setString(next++, replacement.indexed().outcome());
                statement.setBytes(next++, replacement.bytes());
            }
            statement.setObject(next++, stored.writerId());
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
        open.forEach(PostgresStore::close);
        server.drop(name);
    }
}
