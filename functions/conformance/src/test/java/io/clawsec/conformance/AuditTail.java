package io.clawsec.conformance;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a running server's audit, read out of the database's file and past the product: reading it this way leaves no
 * event.
 */
final class AuditTail implements AutoCloseable {

    private static final String NEWER =
            "SELECT position, record FROM audit_events WHERE position > ? ORDER BY position";

    private final Connection connection;
    private long position;

    AuditTail(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        next();
    }

    /** An event as it is stored. */
    record Stored(String text) {
        Map<String, @Nullable Object> fields() {
            try {
                return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJsonException e) {
                throw new AssertionError("a record is no JSON", e);
            }
        }
    }

    /** What was appended since the last time, oldest first. */
    List<Stored> next() throws SQLException {
        List<Stored> newer = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEWER)) {
            statement.setLong(1, position);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    position = rows.getLong(1);
                    newer.add(new Stored(new String(rows.getBytes(2), StandardCharsets.UTF_8)));
                }
            }
        }
        return newer;
    }

    /** Refuses all inserts into a table, as a full disk would, until the returned is closed. */
    Refusing refuseInserts(String table) throws SQLException {
        execute("CREATE TRIGGER refuse BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(FAIL, 'disk full'); END");
        return () -> execute("DROP TRIGGER refuse");
    }

    /** Inserts that are refused for a while. */
    @FunctionalInterface
    interface Refusing extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
