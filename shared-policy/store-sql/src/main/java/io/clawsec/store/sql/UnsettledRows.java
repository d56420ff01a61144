package io.clawsec.store.sql;

import io.clawsec.audit.AuditRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Reservations whose requests never came to an end, oldest first. */
public final class UnsettledRows {

    private final SqlReaders readers;
    private final String sql;
    private final UuidColumn uuids;

    /**
     * Reads them.
     *
     * @param reservations the table of reservations, with what its engine has to be told about it
     */
    public UnsettledRows(SqlReaders readers, String reservations, UuidColumn uuids) {
        this.readers = readers;
        this.sql = "SELECT request_id, principal_key, user_id, role, resource, at_micros FROM " + reservations
                + " WHERE at_micros < ? ORDER BY at_micros, request_id LIMIT ?";
        this.uuids = uuids;
    }

    /** As {@link io.clawsec.usage.UsageLedger#unsettledBefore} says. */
    public List<Reservation> before(Instant instant, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one reservation is asked for");
        }
        try {
            return readers.read(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setLong(1, AuditRecord.micros(instant));
                    statement.setInt(2, most);
                    return reservations(statement);
                }
            });
        } catch (StoreUnavailableException e) {
            throw new UsageUnavailableException("usage cannot be read now: " + e.getMessage(), e);
        }
    }

    private List<Reservation> reservations(PreparedStatement statement) throws SQLException {
        List<Reservation> reservations = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reservations.add(new Reservation(
                        uuids.read(rows, 1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        Instant.EPOCH.plus(rows.getLong(6), ChronoUnit.MICROS)));
            }
        }
        return List.copyOf(reservations);
    }
}
