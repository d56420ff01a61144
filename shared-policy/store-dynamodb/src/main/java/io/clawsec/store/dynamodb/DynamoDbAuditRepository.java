package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredRecord;
import io.clawsec.store.GroupCommit;
import io.clawsec.store.StoreUnavailableException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The audit in DynamoDB. What callers append at the same time rides in the same transactions. */
public final class DynamoDbAuditRepository implements AuditRepository {

    private final AuditTable table;
    private final RetriedCalls calls;
    private final GroupCommit<AuditDraft> writer;
    private final AuditPages pages;
    private final AuditChains chains;
    private final Supplier<UUID> ids;
    private final Clock clock;

    DynamoDbAuditRepository(
            AuditTable table,
            RetriedCalls calls,
            GroupCommit<AuditDraft> writer,
            AuditPages pages,
            Supplier<UUID> ids,
            Clock clock) {
        this.table = table;
        this.calls = calls;
        this.writer = writer;
        this.pages = pages;
        this.chains = new AuditChains(table, calls);
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void append(List<AuditEvent> events) {
        if (events.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("at most " + MOST_AT_ONCE + " events are appended at once");
        }
        if (events.isEmpty()) {
            return;
        }
        List<AuditEvent> copy = List.copyOf(events);
        try {
            writer.write(draft -> {
                draft.append(copy);
                return copy.size();
            });
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be written now: " + e.getMessage(), e);
        }
    }

    @Override
    public AuditPage find(AuditQuery query) {
        try {
            return pages.page(query);
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be read now: " + e.getMessage(), e);
        }
    }

    @Override
    public void forEachRecord(Consumer<StoredRecord> consumer) {
        try {
            chains.forEachRecord(consumer);
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be read now: " + e.getMessage(), e);
        }
    }

    /** Writes an item of its own: a table that can be read may be out of this process's rights to write. */
    @Override
    public void probe() {
        AuditMark probe = AuditMark.ofProbe(ids.get(), clock.instant());
        try {
            calls.call(() -> table.marks().putItemWithResponse(put -> put.item(probe)));
        } catch (StoreUnavailableException e) {
            throw new AuditUnavailableException("the audit cannot be written now: " + e.getMessage(), e);
        }
    }

    @Override
    public String system() {
        return "aws.dynamodb";
    }
}
