package io.clawsec.store.postgres;

import io.clawsec.store.sql.UuidColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** UUIDs as PostgreSQL's own type. */
enum NativeUuids implements UuidColumn {
    COLUMN;

    @Override
    public Object of(UUID uuid) {
        return uuid;
    }

    @Override
    public UUID read(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, UUID.class);
    }
}
