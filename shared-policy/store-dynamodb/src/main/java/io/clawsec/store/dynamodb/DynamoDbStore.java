package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditChain;
import io.clawsec.store.GroupCommit;
import io.clawsec.store.Store;
import io.clawsec.store.WriteQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The tables of one prefix and the repositories on them. Any number of processes may have them open. */
public final class DynamoDbStore implements Store {

    private static final GroupCommit.Bounds BOUNDS = new GroupCommit.Bounds(1024, 64, Duration.ofSeconds(12));

    private final RetriedCalls calls;
    private final GroupCommit<AuditDraft> writer;
    private final ParallelReads reads = new ParallelReads();
    private final DynamoDbAuditRepository audit;
    private final DynamoDbUsageLedger usage;
    private final DynamoDbSettingsRepository settings;

    private DynamoDbStore(DynamoDbClient client, String prefix, Parts parts) {
        calls = new RetriedCalls(client, parts.backoff());
        AuditTable auditTable = AuditTable.of(calls.client(), DynamoDbTables.AUDIT.name(prefix));
        AuditPeriods periods = new AuditPeriods(auditTable.marks(), calls, reads);
        AuditChain chain = new AuditChain(parts.ids()); // one chain, whoever appends to it
        writer = new GroupCommit<>(
                new AuditCommit(auditTable, calls, periods, chain), parts.bounds(), "clawsec-dynamodb-writer");
        AuditPages pages = new AuditPages(
                auditTable, calls, reads, periods, parts.backoff().nanoTime());
        audit = new DynamoDbAuditRepository(auditTable, calls, writer, pages, parts.ids(), parts.clock());
        usage = new DynamoDbUsageLedger(DynamoDbTables.USAGE.name(prefix), calls, reads, parts.ids());
        settings = new DynamoDbSettingsRepository(
                calls.client().table(DynamoDbTables.SETTINGS.name(prefix), SettingsItem.SCHEMA), calls, writer);
    }

    /**
     * What a store is made with.
     *
     * @param ids makes the id of this process's audit chain, when the first event is appended, and tokens
     * @param clock the time of day
     * @param backoff how calls are tried again
     * @param bounds how much the writer takes on
     */
    record Parts(Supplier<UUID> ids, Clock clock, Backoff backoff, GroupCommit.Bounds bounds) {

        static Parts usual() {
            return new Parts(UUID::randomUUID, Clock.systemUTC(), Backoff.usual(), BOUNDS);
        }
    }

    /**
     * Opens the store; makes no table.
     *
     * @throws UnusableTablesException when a table is missing or not as it must be; the message says what to run
     */
    public static DynamoDbStore open(DynamoDbUrl url) {
        return open(DynamoDbClients.open(url), url.prefix(), Parts.usual());
    }

    /** Opens the store on a client, which is closed with it. */
    static DynamoDbStore open(DynamoDbClient client, String prefix, Parts parts) {
        try {
            List<String> problems = DynamoDbTables.problems(client, prefix);
            if (!problems.isEmpty()) {
                throw new UnusableTablesException(
                        String.join("; ", problems) + "; './clawsec migrate' makes tables", null);
            }
            return new DynamoDbStore(client, prefix, parts);
        } catch (UnusableTablesException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public DynamoDbAuditRepository audit() {
        return audit;
    }

    @Override
    public DynamoDbUsageLedger usage() {
        return usage;
    }

    @Override
    public DynamoDbSettingsRepository settings() {
        return settings;
    }

    @Override
    public WriteQueue queue() {
        return writer;
    }

    /** For this package's tests of what rides together in a transaction. */
    GroupCommit<AuditDraft> writer() {
        return writer;
    }

    /** Writes what waits, then lets go of the connections. */
    @Override
    public void close() {
        writer.close();
        reads.close();
        calls.close();
    }
}
