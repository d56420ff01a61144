package io.clawsec.conformance;

import io.clawsec.store.Store;
import io.clawsec.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * A SQLite file.
 *
 * @param database where it is
 * @param settings what the processes are told, for they find a file in their data folder by themselves
 */
record SqliteDoorStore(Path database, Map<String, String> settings) implements DoorStore {

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public void refuseWrites(String table) {
        execute("CREATE TRIGGER refuse BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(FAIL, 'disk full'); END");
    }

    @Override
    public void allowWrites() {
        execute("DROP TRIGGER refuse");
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public Store open() {
        return EmbeddedStore.open(database);
    }

    @Override
    public void close() {
        // the file goes with its folder
    }
}
