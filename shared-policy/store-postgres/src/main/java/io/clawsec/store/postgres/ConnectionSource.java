package io.clawsec.store.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A method that makes connections, in the form that a pool asks for. */
final class ConnectionSource implements DataSource {

    /** Makes a connection. */
    @FunctionalInterface
    interface Connect {
        Connection connect() throws SQLException;
    }

    private final Connect connect;

    ConnectionSource(Connect connect) {
        this.connect = connect;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return connect.connect();
        } catch (UnusableDatabaseException e) { // a pool expects a broken connection, not a broken world
            throw new SQLException(e.getMessage(), e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the URL says as whom");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged here.
    }

    /** The bound is the URL's reader's, in the driver's properties. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("there is nothing inside");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
