package io.clawsec.store.postgres;

import io.clawsec.audit.AuditChain;
import io.clawsec.store.GroupCommit;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.WriteQueue;
import java.time.Duration;
import java.util.function.Supplier;

/** The one thread of this process that writes: a batch is a transaction. */
final class PostgresWriter implements AutoCloseable {

    /**
     * How much a writer takes on.
     *
     * @param waiting tasks that may wait; one more is refused at once
     * @param batch tasks in one commit
     * @param callerWait how long a caller waits for its commit
     * @param doubtWait how long it is tried to learn what became of a commit whose answer is lost
     */
    record Bounds(int waiting, int batch, Duration callerWait, Duration doubtWait) {

        /** The doubt's bound is within the caller's, so that a caller learns what its batch came to. */
        static final Bounds USUAL = new Bounds(1024, 256, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    private final GroupCommit<WriteBatch> commits;

    PostgresWriter(PostgresDatabase database, AuditChain chain, Supplier<Long> lockKeys, Bounds bounds) {
        commits = new GroupCommit<>(
                new PostgresTransactions(database, chain, lockKeys, bounds.doubtWait()),
                new GroupCommit.Bounds(bounds.waiting(), bounds.batch(), bounds.callerWait()),
                "clawsec-postgres-writer");
    }

    /**
     * Runs the task in a transaction and returns its result once that is durable. What the task threw unchecked comes
     * out as it is.
     */
    <T> T write(PostgresTask<T> task) throws StoreUnavailableException {
        return commits.write(task);
    }

    /** Runs a task that is there to learn whether it can be done, and does not wait for it as long as others do. */
    <T> T probe(PostgresTask<T> task) throws StoreUnavailableException {
        return commits.probe(task);
    }

    /** Commits so far that took something in. */
    long batches() {
        return commits.batches();
    }

    /** Where tasks wait for a batch. */
    WriteQueue queue() {
        return commits;
    }

    /** Refuses new tasks, writes those that wait, and ends the thread. */
    @Override
    public void close() {
        commits.close();
    }
}
