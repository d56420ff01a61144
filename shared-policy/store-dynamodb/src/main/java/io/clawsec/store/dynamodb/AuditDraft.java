package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.StoredRecord;
import io.clawsec.store.WriteJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction in the making: what several jobs want written, all or none, behind the chain's head. Used by the
 * writer's thread only.
 */
final class AuditDraft {

    /** What DynamoDB takes in one transaction. */
    static final int MOST_ITEMS = 100;

    /** A little below the 4 MB that DynamoDB takes. */
    static final int MOST_BYTES = 3_500_000;

    /** What an item's names and keys come to, beside the record: more than they ever do. */
    private static final int FRAME_BYTES = 4_096;

    /** What a UTF-16 unit comes to in UTF-8, at most. */
    private static final int MOST_BYTES_OF_A_UNIT = 3;

    /** What an item of the transaction is, which decides what it means that its condition does not hold. */
    enum Part {
        EVENT_ID,
        RECORD,
        CHAIN,
        BESIDE
    }

    /**
     * One item.
     *
     * @param index its place in the transaction
     * @param job who wants it written
     * @param record what it belongs to; null beside the audit
     */
    record Entry(
            int index,
            Part part,
            TransactionWrite write,
            WriteJob<AuditDraft, ?> job,
            @Nullable StoredRecord record) {}

    /** A job whose items did not fit; it goes first into the next draft. */
    private static final class DoesNotFit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DoesNotFit() {
            super("goes into the next transaction", null, false, false);
        }
    }

    private final AuditTable table;
    private final AuditChain chain;
    private final AuditChain.Head start;
    private final List<Entry> entries = new ArrayList<>();
    private final List<WriteJob<AuditDraft, ?>> jobs = new ArrayList<>();
    private final Map<UUID, WriteJob<AuditDraft, ?>> ids = new HashMap<>();
    private long bytes;
    private @Nullable WriteJob<AuditDraft, ?> current;
    private boolean full;

    AuditDraft(AuditTable table, AuditChain chain) {
        this.table = table;
        this.chain = chain;
        this.start = chain.head();
    }

    /** Takes a job in; false when it does not fit, and then nothing of it is in here. */
    boolean take(WriteJob<AuditDraft, ?> job) {
        int size = entries.size();
        long bytesBefore = bytes;
        AuditChain.Head head = chain.head();
        current = job;
        if (job.run(this)) {
            jobs.add(job);
            return true;
        }
        chain.moveTo(head);
        bytes = bytesBefore;
        List<Entry> undone = entries.subList(size, entries.size());
        undone.forEach(entry -> {
            if (entry.part() == Part.EVENT_ID && entry.record() != null) {
                ids.remove(entry.record().indexed().id());
            }
        });
        undone.clear();
        return !full; // a job that failed by itself is done with
    }

    /** Puts events behind the head, each with what keeps its id its own. Called by jobs. */
    void append(List<AuditEvent> events) {
        for (AuditEvent event : events) {
            WriteJob<AuditDraft, ?> other = ids.putIfAbsent(event.id(), job());
            if (other == job()) {
                throw new DuplicateEventException("an event with the id " + event.id() + " is appended twice");
            }
            require(other == null); // if that one is written, this one is a duplicate; if not, it is not
            StoredRecord record = chain.next(event);
            // Nothing is written over: neither an event, nor a place in a chain.
            add(Part.EVENT_ID, TransactionWrite.once(table.marks(), AuditMark.ofId(record)), record, FRAME_BYTES);
            add(
                    Part.RECORD,
                    TransactionWrite.once(table.records(), AuditItem.of(record)),
                    record,
                    FRAME_BYTES + bytesOf(record));
            if (record.sequence() % AuditKeys.RUN == 0) {
                AuditMark run = AuditMark.ofRun(record);
                add(Part.CHAIN, transaction -> transaction.addPutItem(table.marks(), run), record, FRAME_BYTES);
            }
        }
    }

    /** The record itself, and the one index field beside it that may be long. */
    private static int bytesOf(StoredRecord record) {
        String userId = record.indexed().userId();
        return record.bytes().length + (userId == null ? 0 : MOST_BYTES_OF_A_UNIT * userId.length());
    }

    /** Adds an item of another table, to be written with the events or not at all. One job of a draft may do so. */
    void add(TransactionWrite write, int itemBytes) {
        require(entries.stream().noneMatch(entry -> entry.part() == Part.BESIDE && entry.job() != job()));
        add(Part.BESIDE, write, null, itemBytes + FRAME_BYTES);
    }

    private void add(Part part, TransactionWrite write, @Nullable StoredRecord record, int itemBytes) {
        bytes += itemBytes;
        require(jobs.isEmpty() || (entries.size() < MOST_ITEMS && bytes <= MOST_BYTES));
        entries.add(new Entry(entries.size(), part, write, job(), record));
    }

    private void require(boolean fits) {
        if (!fits) {
            full = true;
            throw new DoesNotFit();
        }
    }

    private WriteJob<AuditDraft, ?> job() {
        WriteJob<AuditDraft, ?> job = current;
        if (job == null) {
            throw new IllegalStateException("only a job writes into a draft");
        }
        return job;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The items, in the order of the transaction. */
    List<Entry> entries() {
        return entries;
    }

    /** The jobs that are in, in their order. */
    List<WriteJob<AuditDraft, ?>> jobs() {
        return jobs;
    }

    /** Where the chain was before. */
    AuditChain.Head start() {
        return start;
    }

    /** The records, in their order. */
    List<StoredRecord> records() {
        List<StoredRecord> records = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.part() == Part.RECORD && entry.record() != null) {
                records.add(entry.record());
            }
        }
        return records;
    }
}
