package io.clawsec.store.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;

/** Makes connections; what pools and others ask for as a {@link DataSource}, of which it has only that. */
@FunctionalInterface
interface ConnectionSource {

    Connection connect() throws SQLException;

    /** A proxy, because the interface has a method about loggers, which are not this room's business. */
    default DataSource asDataSource() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                throw new SQLFeatureNotSupportedException(method.getName());
            }
            try {
                return connect();
            } catch (UnusableDatabaseException e) { // a pool expects a broken connection, not a broken world
                throw new SQLException(e.getMessage(), e);
            }
        };
        return (DataSource) Proxy.newProxyInstance(
                ConnectionSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, handler);
    }
}
