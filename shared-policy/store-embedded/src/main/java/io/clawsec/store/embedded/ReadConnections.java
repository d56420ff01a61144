package io.clawsec.store.embedded;

import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.sql.SqlReaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Connections that can only read, lent to one caller at a time and kept for the next. */
final class ReadConnections implements SqlReaders.Lender, AutoCloseable {

    private final SqliteDatabase database;
    /** At most as many as callers read at once; each holds a page cache of 2 MB. */
    private final Deque<Connection> idle = new ArrayDeque<>(SqlReaders.MOST);

    private boolean closed;

    ReadConnections(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public <T> T lend(SqlReaders.Reading<T> reading) throws SQLException, StoreUnavailableException {
        Connection connection = take();
        boolean sound = false;
        try {
            T result = reading.from(connection);
            sound = true;
            return result;
        } finally {
            give(connection, sound);
        }
    }

    private Connection take() throws SQLException, StoreUnavailableException {
        try {
            database.file().requireInPlace();
            Connection connection = takeIdle();
            return connection == null ? database.connectReader() : connection;
        } catch (UnusableDatabaseException e) {
            throw new StoreUnavailableException("the database cannot be read", e);
        }
    }

    private synchronized @Nullable Connection takeIdle() throws StoreUnavailableException {
        if (closed) {
            throw new StoreUnavailableException("the store is closed", null);
        }
        return idle.poll();
    }

    private void give(Connection connection, boolean sound) throws SQLException {
        synchronized (this) {
            if (sound && !closed) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                // A connection that only read has nothing to lose.
            }
        }
    }
}
