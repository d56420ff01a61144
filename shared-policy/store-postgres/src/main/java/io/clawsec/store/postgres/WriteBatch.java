package io.clawsec.store.postgres;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.StoredRecord;
import io.clawsec.usage.Reservation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of the writer and what its tasks share in it: what they have to know is asked for at once before they
 * run, and what they leave here is written at once behind them.
 */
final class WriteBatch {

    private final Connection connection;
    private final AuditChain chain;
    private final PendingRecords records = new PendingRecords();
    private final PendingUsage usage = new PendingUsage();

    WriteBatch(Connection connection, AuditChain chain) {
        this.connection = connection;
        this.chain = chain;
    }

    /** For a task that speaks SQL. */
    Connection connection() {
        return connection;
    }

    /** This process's chain; records that it makes are to be left with {@link #records}. */
    AuditChain chain() {
        return chain;
    }

    PendingRecords records() {
        return records;
    }

    PendingUsage usage() {
        return usage;
    }

    /**
     * Asks for what was announced.
     *
     * @param again whether the batch was tried before: then it may be that ids are there already, by whomever
     */
    void prepare(boolean again) throws SQLException {
        usage.lockCounters(connection);
        if (again) {
            records.findKnown(connection);
            usage.findKnown(connection);
        }
    }

    /** Writes all that was left here. */
    void flush() throws SQLException {
        records.insert(connection);
        usage.write(connection);
    }

    /** What will be there if this batch is committed, and not otherwise; null where nothing tells. */
    @Nullable
    CommitEvidence evidence() {
        StoredRecord record = records.last();
        Reservation reservation = usage.last();
        if (record != null) {
            return CommitEvidence.of(record);
        }
        UUID request = reservation == null ? null : reservation.requestId();
        return request == null ? null : CommitEvidence.of(request);
    }
}
