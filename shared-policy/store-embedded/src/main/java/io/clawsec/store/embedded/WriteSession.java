package io.clawsec.store.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The writer's connection with the statements that were prepared on it. Used by the writer's thread only. */
final class WriteSession implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>(); // bounded: SQL is made of constants

    WriteSession(Connection connection) {
        this.connection = connection;
    }

    /** The prepared form of a constant; kept, so do not close it. */
    @SuppressWarnings("resource") // closed with the connection
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** For what is said too seldom to be kept. */
    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        prepared(sql).execute();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
