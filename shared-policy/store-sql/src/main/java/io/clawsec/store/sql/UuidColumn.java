package io.clawsec.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** How an engine's columns hold UUIDs. */
public interface UuidColumn {

    /** What a parameter of a statement is set to. */
    Object of(UUID uuid);

    /** What a row has there. */
    UUID read(ResultSet rows, int column) throws SQLException;
}
