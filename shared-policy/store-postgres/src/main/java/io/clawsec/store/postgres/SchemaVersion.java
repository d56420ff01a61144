package io.clawsec.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Which version the tables have; services look, and never change it. */
public final class SchemaVersion {

    /** The newest version: the highest number among the files of the migration. */
    public static final int CURRENT = 1;

    /** Where the migration keeps its history. */
    public static final String HISTORY_TABLE = "flyway_schema_history";

    private static final String READ =
            "SELECT max(version::integer) FROM " + HISTORY_TABLE + " WHERE success AND version IS NOT NULL";

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private SchemaVersion() {}

    /** Throws, naming the command that helps, unless the tables are those that this program knows. */
    static void require(Connection connection) throws SQLException {
        int version;
        try {
            version = read(connection);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw new UnusableDatabaseException(
                        "the database has no tables of ClawSec yet; run ./clawsec migrate with its owner's URL", e);
            }
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw new UnusableDatabaseException(
                        "this role has no rights on the tables; run ./clawsec migrate --runtime-role with the role's "
                                + "name and the owner's URL",
                        e);
            }
            throw e;
        }
        if (version < CURRENT) {
            throw new UnusableDatabaseException(
                    "the tables have version " + version + " and this program needs " + CURRENT
                            + "; run ./clawsec migrate with the owner's URL",
                    null);
        }
        if (version > CURRENT) {
            throw new UnusableDatabaseException(
                    "the tables have version " + version + " and this program knows versions up to " + CURRENT
                            + "; run the version of ClawSec that made them, or a later one",
                    null);
        }
    }

    private static int read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery(READ)) {
            version.next();
            return version.getInt(1);
        }
    }
}
