package io.clawsec.testkit;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.EventType;
import io.clawsec.audit.InvalidCursorException;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.UnreadableRecordException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An audit that keeps its events in memory, in a real chain, and that breaks on demand: what no store can be told to do.
 * Safe for use by many threads.
 */
public final class InMemoryAudit implements AuditRepository {

    private final AuditChain chain = new AuditChain(() -> new UUID(0, 1));
    private final List<StoredRecord> records = new ArrayList<>();
    private final Set<UUID> ids = new HashSet<>();
    private final Consumer<List<AuditEvent>> beforeAppend;
    private @Nullable RuntimeException failure;

    public InMemoryAudit() {
        this(events -> {});
    }

    /** An audit that tells of each append before it takes it. */
    public InMemoryAudit(Consumer<List<AuditEvent>> beforeAppend) {
        this.beforeAppend = beforeAppend;
    }

    /** From now on every method throws this; null: it works again. */
    public synchronized void failWith(@Nullable RuntimeException exception) {
        failure = exception;
    }

    /** Every event, oldest first, as it is read back. */
    public synchronized List<AuditEvent> events() {
        return records.stream().map(record -> stored(record).event()).toList();
    }

    /** The types of the events, oldest first. */
    public List<EventType> types() {
        return events().stream().map(AuditEvent::type).toList();
    }

    /** The one event that there is. */
    public AuditEvent only() {
        List<AuditEvent> events = events();
        if (events.size() != 1) {
            throw new AssertionError("not one event but " + events);
        }
        return events.get(0);
    }

    @Override
    public synchronized void append(List<AuditEvent> events) {
        throwFailure();
        beforeAppend.accept(events);
        for (AuditEvent event : events) {
            if (ids.contains(event.id())) {
                throw new DuplicateEventException("there is an event with this id");
            }
        }
        for (AuditEvent event : events) {
            records.add(chain.next(event));
            ids.add(event.id());
        }
    }

    /** Its cursors are positions, as decimal text. */
    @Override
    public synchronized AuditPage find(AuditQuery query) {
        throwFailure();
        int end = query.cursor() == null ? records.size() : position(query.cursor());
        int[] found = IntStream.iterate(end - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> matches(query, stored(records.get(i)).event()))
                .limit(query.limit() + 1L)
                .toArray();
        List<StoredEvent> page = IntStream.of(found)
                .limit(query.limit())
                .mapToObj(i -> stored(records.get(i)))
                .toList();
        return new AuditPage(page, found.length > query.limit() ? Integer.toString(found[query.limit() - 1]) : null);
    }

    private int position(String cursor) {
        try {
            int position = Integer.parseInt(cursor);
            if (position >= 0 && position <= records.size()) {
                return position;
            }
        } catch (NumberFormatException e) {
            // Told below, as a position that is not there is.
        }
        throw new InvalidCursorException();
    }

    private static boolean matches(AuditQuery query, AuditEvent event) {
        return (query.type() == null || query.type() == event.type())
                && (query.userId() == null || query.userId().equals(event.userId()))
                && (query.outcome() == null || query.outcome() == event.outcome())
                && (query.requestId() == null || query.requestId().equals(event.requestId()))
                && (query.from() == null || !event.timestamp().isBefore(query.from()))
                && (query.to() == null || event.timestamp().isBefore(query.to()));
    }

    @Override
    public synchronized void forEachRecord(Consumer<StoredRecord> consumer) {
        throwFailure();
        records.forEach(consumer);
    }

    @Override
    public synchronized void probe() {
        throwFailure();
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private static StoredEvent stored(StoredRecord record) {
        try {
            return AuditRecord.parse(record.bytes()).filedUnder(record.hash());
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException("the chain made what it cannot read", e);
        }
    }
}
