package io.clawsec.store.postgres;

import io.clawsec.audit.AuditChain;
import io.clawsec.store.Store;
import io.clawsec.store.WriteQueue;
import io.clawsec.store.sql.SqlReaders;
import io.clawsec.store.sql.SqlSettingsRepository;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One PostgreSQL database and the repositories on it. They share one writer thread, so that a request's reservation,
 * settlement and event ride on the same commits as everyone else's.
 */
public final class PostgresStore implements Store {

    private final PostgresDatabase database;
    private final PostgresWriter writer;
    private final PostgresAuditRepository audit;
    private final PostgresUsageLedger usage;
    private final SqlSettingsRepository settings;

    private PostgresStore(PostgresDatabase database, PostgresWriter.Bounds bounds, Supplier<UUID> ids) {
        this.database = database;
        AuditChain chain = new AuditChain(ids); // one chain, whoever appends to it
        writer = new PostgresWriter(database, chain, () -> ids.get().getLeastSignificantBits(), bounds);
        SqlReaders readers = new SqlReaders(database);
        audit = new PostgresAuditRepository(writer, readers);
        usage = new PostgresUsageLedger(writer, readers);
        settings = new SqlSettingsRepository(
                readers, (change, event) -> writer.write(new SettingsSave(change, new AuditAppends(List.of(event)))));
    }

    /**
     * Opens the store. Makes no tables: that is {@code ./clawsec migrate}.
     *
     * @throws UnusableDatabaseException when the database cannot be reached, has other tables, or would lose what it
     *     acknowledged; the message says what to do
     */
    public static PostgresStore open(PostgresUrl url) {
        return open(url, UUID::randomUUID);
    }

    /**
     * Opens the store.
     *
     * @param ids gives the id of this process's audit chain and of its lock, when something is first written
     */
    public static PostgresStore open(PostgresUrl url, Supplier<UUID> ids) {
        return open(url, ids, PostgresWriter.Bounds.USUAL);
    }

    static PostgresStore open(PostgresUrl url, Supplier<UUID> ids, PostgresWriter.Bounds bounds) {
        return new PostgresStore(PostgresDatabase.open(url), bounds, ids);
    }

    @Override
    public PostgresAuditRepository audit() {
        return audit;
    }

    @Override
    public PostgresUsageLedger usage() {
        return usage;
    }

    @Override
    public SqlSettingsRepository settings() {
        return settings;
    }

    @Override
    public WriteQueue queue() {
        return writer.queue();
    }

    /** For this package's tests of what rides together in a commit. */
    PostgresWriter writer() {
        return writer;
    }

    /** Writes what waits, then lets go of the connections. */
    @Override
    public void close() {
        writer.close();
        database.close();
    }
}
