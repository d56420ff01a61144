package io.clawsec.audit;

import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps audit events, durably and in chains. A port: each store implements it.
 *
 * <p>Methods throw {@link AuditUnavailableException} when the store cannot read or write; callers fail closed.
 * Implementations are safe for use by many threads.
 */
public interface AuditRepository {

    /** How many events one append may have; what the narrowest store (DynamoDB, 100 writes a transaction) can hold. */
    int MOST_AT_ONCE = 32;

    /**
     * Appends the events in their order, all or none, next to each other in this process's chain; returns once they
     * are durable. No events is no append.
     *
     * @param events at most {@value #MOST_AT_ONCE}
     * @throws IllegalArgumentException when there are more, or one has no stored form (see {@link AuditRecord#toBytes})
     * @throws DuplicateEventException when an event with one of the ids is there already; none is appended then
     */
    void append(List<AuditEvent> events);

    /**
     * Reads one page.
     *
     * @throws InvalidCursorException when the query's cursor is not one of this store's
     */
    AuditPage find(AuditQuery query);

    /** Hands every record to the consumer, writer by writer in the order of the chains, in constant memory. */
    void forEachRecord(Consumer<StoredRecord> consumer);

    /** Returns if the store can be written now, without writing an event. */
    void probe();

    /** What kind of database it is, by the names of OpenTelemetry's {@code db.system.name}, such as {@code sqlite}. */
    default String system() {
        return "other_sql";
    }
}
