package io.clawsec.store.embedded;

import io.clawsec.audit.AuditChain;
import io.clawsec.store.Store;
import io.clawsec.store.WriteQueue;
import io.clawsec.store.sql.SqlReaders;
import io.clawsec.store.sql.SqlSettingsRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One SQLite file and the repositories on it. They share one writer thread, so that a request's reservation, settlement
 * and event ride on the same flushes of the disk as everyone else's.
 *
 * <p>Several processes on one host may open the same file; a network file system is refused.
 */
public final class EmbeddedStore implements Store {

    private final SqliteWriter writer;
    private final ReadConnections connections;
    private final SqliteAuditRepository audit;
    private final SqliteUsageLedger usage;
    private final SqlSettingsRepository settings;

    private EmbeddedStore(SqliteDatabase database, SqliteWriter.Bounds bounds, Supplier<UUID> writerIds) {
        writer = new SqliteWriter(database, bounds);
        connections = new ReadConnections(database);
        SqlReaders readers = new SqlReaders(connections);
        AuditAppends appends = new AuditAppends(new AuditChain(writerIds)); // one chain, whoever appends to it
        audit = new SqliteAuditRepository(writer, readers, appends);
        usage = new SqliteUsageLedger(writer, readers);
        settings = new SqlSettingsRepository(
                readers, (change, event) -> writer.write(new SettingsSave(change, appends.of(List.of(event)))));
    }

    /**
     * Opens the store, making file and folder where there are none, for the owner's eyes only.
     *
     * @param file of the database; {@code -wal} and {@code -shm} files appear beside it
     * @throws UnusableDatabaseException when no durable database can live there; the message says why
     */
    public static EmbeddedStore open(Path file) {
        return open(file, UUID::randomUUID);
    }

    /**
     * Opens the store.
     *
     * @param writerIds gives the id of this process's audit chain, when the first event is appended
     */
    public static EmbeddedStore open(Path file, Supplier<UUID> writerIds) {
        return open(file, writerIds, SqliteWriter.Bounds.USUAL);
    }

    static EmbeddedStore open(Path file, Supplier<UUID> writerIds, SqliteWriter.Bounds bounds) {
        return new EmbeddedStore(SqliteDatabase.open(file), bounds, writerIds);
    }

    @Override
    public SqliteAuditRepository audit() {
        return audit;
    }

    @Override
    public SqliteUsageLedger usage() {
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
    SqliteWriter writer() {
        return writer;
    }

    /** Writes what waits, then lets go of the file. */
    @Override
    public void close() {
        writer.close();
        connections.close();
    }
}
