package io.clawsec.store.postgres.migrate;

import io.clawsec.store.postgres.SchemaVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What services connect as: rights table by table, and none beyond. */
final class RuntimeRole {

    /** Rights, then on what. All of them are taken away first, so that one which is no longer here does not stay. */
    private static final List<List<String>> GRANTS = List.of(
            List.of("SELECT, INSERT", "TABLE audit_events, audit_ids"),
            List.of("USAGE", "SEQUENCE audit_positions"),
            List.of("SELECT, INSERT, UPDATE, DELETE", "TABLE usage_counters"),
            List.of("SELECT, INSERT, DELETE", "TABLE usage_reservations"),
            List.of("SELECT, UPDATE", "TABLE settings_version, write_probes"),
            List.of("SELECT, INSERT, UPDATE", "TABLE settings_sections"),
            List.of("SELECT", "TABLE " + SchemaVersion.HISTORY_TABLE));

    /** The role's rank, and its name as an identifier. */
    private static final String FIND = """
            SELECT rolsuper OR pg_has_role(rolname, current_user, 'MEMBER') AS is_owner, quote_ident(rolname) AS identifier
            FROM pg_roles WHERE rolname = ?""";

    private RuntimeRole() {}

    /** Throws unless there is a role of that name that the rights will bind. */
    static void require(Connection connection, String name) throws SQLException {
        identifier(connection, name);
    }

    private static String identifier(Connection connection, String name) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, name);
            try (ResultSet role = find.executeQuery()) {
                if (!role.next()) {
                    throw new MigrationException(
                            "there is no role of the name given for --runtime-role; make it with CREATE ROLE … LOGIN "
                                    + "PASSWORD …",
                            null);
                }
                if (role.getBoolean("is_owner")) {
                    throw new MigrationException(
                            "the run-time role must be another than the owner and no superuser, whom rights do not bind",
                            null);
                }
                return role.getString("identifier");
            }
        }
    }

    static void grant(Connection connection, String name) throws SQLException {
        String role = identifier(connection, name);
        connection.setAutoCommit(false); // services that run meanwhile see the old rights or the new, never none
        try (Statement statement = connection.createStatement()) {
            statement.execute("REVOKE ALL ON ALL TABLES IN SCHEMA " + schema(connection) + " FROM " + role);
            statement.execute("GRANT USAGE ON SCHEMA " + schema(connection) + " TO " + role);
            for (List<String> grant : GRANTS) {
                statement.execute("GRANT " + grant.get(0) + " ON " + grant.get(1) + " TO " + role);
            }
            connection.commit();
        }
    }

    private static String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet schema = statement.executeQuery("SELECT quote_ident(current_schema())")) {
            schema.next();
            return schema.getString(1);
        }
    }
}
