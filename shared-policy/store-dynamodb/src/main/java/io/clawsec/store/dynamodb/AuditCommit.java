package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.StoredRecord;
import io.clawsec.store.BatchCommit;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.store.WriteJob;
import io.clawsec.store.dynamodb.AuditDraft.Entry;
import io.clawsec.store.dynamodb.AuditDraft.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes what waits in as few transactions as it fits into, one after the other, each behind the one before. Used by the
 * writer's thread only.
 *
 * <p>A transaction whose answer is lost is sent again as it was: the same records, under the same token. If its answer
 * stays lost and the records are not to be seen either, this writer ends and another one begins, which names it.
 */
final class AuditCommit implements BatchCommit<AuditDraft> {

    /** How often a transaction is made anew because something else than an event's id stood in its way. */
    private static final int MOST_REDRAFTS = 16;

    private final AuditTable table;
    private final RetriedCalls calls;
    private final AuditPeriods periods;
    private final AuditChain chain;

    AuditCommit(AuditTable table, RetriedCalls calls, AuditPeriods periods, AuditChain chain) {
        this.table = table;
        this.calls = calls;
        this.periods = periods;
        this.chain = chain;
    }

    @Override
    public void commit(List<WriteJob<AuditDraft, ?>> batch) {
        Backoff.Tries tries = calls.backoff().tries();
        Deque<WriteJob<AuditDraft, ?>> waiting = new ArrayDeque<>(batch);
        int redrafts = 0;
        while (!waiting.isEmpty()) {
            AuditDraft draft = new AuditDraft(table, chain);
            try {
                fill(draft, waiting);
                if (!draft.isEmpty() && !write(draft, tries, waiting) && ++redrafts > MOST_REDRAFTS) {
                    throw new StoreUnavailableException("others write the same all the time", null);
                }
            } catch (StoreUnavailableException e) {
                draft.jobs().forEach(job -> job.fail(e));
                waiting.forEach(job -> job.fail(e)); // the next would wait as long, and their callers do not
                return;
            } catch (RuntimeException | Error e) { // not of DynamoDB: nobody knows how far it came
                chain.endWriter(draft.start());
                throw e;
            }
        }
    }

    private static void fill(AuditDraft draft, Deque<WriteJob<AuditDraft, ?>> waiting) {
        while (!waiting.isEmpty() && draft.take(waiting.element())) {
            waiting.remove();
        }
    }

    /** Writes a draft; false where it has to be made anew although none of its jobs failed. */
    private boolean write(AuditDraft draft, Backoff.Tries tries, Deque<WriteJob<AuditDraft, ?>> waiting)
            throws StoreUnavailableException {
        try {
            periods.mark(draft.records());
        } catch (StoreUnavailableException e) {
            chain.moveTo(draft.start());
            throw e;
        }
        TransactWriteItemsEnhancedRequest request = request(draft);
        boolean inDoubt = false;
        while (true) {
            try {
                calls.client().transactWriteItems(request);
                return true;
            } catch (TransactionCanceledException e) {
                List<Entry> refused = refused(draft, e.cancellationReasons());
                if (isThere(refused, e.cancellationReasons())) {
                    return true;
                }
                if (!refused.isEmpty()) {
                    return redraft(draft, refused, waiting);
                }
                if (retryOrGiveUp(draft, tries, e, inDoubt)) {
                    return true;
                }
            } catch (SdkException e) {
                inDoubt |= CallFailure.of(e).isInDoubt();
                if (retryOrGiveUp(draft, tries, e, inDoubt)) {
                    return true;
                }
            }
        }
    }

    /** The token makes a transaction that is sent twice one: it says what is written, and where in which chain. */
    private static TransactWriteItemsEnhancedRequest request(AuditDraft draft) {
        List<StoredRecord> records = draft.records();
        String last = records.isEmpty() ? "" : records.get(records.size() - 1).hash();
        UUID token = UUID.nameUUIDFromBytes((last + ":" + draft.entries().size()).getBytes(StandardCharsets.US_ASCII));
        TransactWriteItemsEnhancedRequest.Builder request =
                TransactWriteItemsEnhancedRequest.builder().clientRequestToken(token.toString());
        draft.entries().forEach(entry -> entry.write().addTo(request));
        return request.build();
    }

    private static List<Entry> refused(AuditDraft draft, List<CancellationReason> reasons) {
        return draft.entries().stream()
                .filter(entry -> entry.index() < reasons.size()
                        && "ConditionalCheckFailed"
                                .equals(reasons.get(entry.index()).code()))
                .toList();
    }

    /** Whether what stands in the way is this very transaction: it was written by a try whose answer was lost. */
    private static boolean isThere(List<Entry> refused, List<CancellationReason> reasons) {
        return refused.stream().anyMatch(entry -> {
            StoredRecord record = entry.record();
            // A guard has its record's hash under the same name.
            AuditItem there =
                    AuditItem.SCHEMA.mapToItem(reasons.get(entry.index()).item());
            return record != null && there != null && record.hash().equals(there.hash());
        });
    }

    private boolean redraft(AuditDraft draft, List<Entry> refused, Deque<WriteJob<AuditDraft, ?>> waiting) {
        boolean failed = false;
        List<WriteJob<AuditDraft, ?>> again = new ArrayList<>(draft.jobs());
        for (Entry entry : refused) {
            StoredRecord record = entry.record();
            if (entry.part() == Part.EVENT_ID && record != null && again.remove(entry.job())) {
                entry.job()
                        .fail(new DuplicateEventException(
                                "an event with the id " + record.indexed().id() + " is there already"));
                failed = true;
            }
        }
        boolean placeTaken = refused.stream().anyMatch(entry -> entry.part() == Part.RECORD);
        if (placeTaken) { // somebody else writes as this writer: a copy of this process
            chain.endWriter(draft.start());
        } else {
            chain.moveTo(draft.start());
        }
        for (int i = again.size() - 1; i >= 0; i--) {
            again.get(i).undone();
            waiting.addFirst(again.get(i));
        }
        return failed;
    }

    /** Waits for the next try. True when there need be none: the records are there. */
    private boolean retryOrGiveUp(AuditDraft draft, Backoff.Tries tries, SdkException e, boolean inDoubt)
            throws StoreUnavailableException {
        CallFailure failure = CallFailure.of(e);
        if (failure.isWorthRetrying() && tries.again()) {
            return false;
        }
        String reason = "DynamoDB says " + failure.reason(e);
        if (!inDoubt) {
            chain.moveTo(draft.start());
            throw new StoreUnavailableException(reason + "; nothing was written", e);
        }
        if (isSeen(draft)) {
            return true;
        }
        chain.endWriter(draft.start());
        throw new StoreUnavailableException(reason + "; it may have been written", e);
    }

    /** Asks the table itself. That it does not have the records proves nothing: they may be on their way. */
    private boolean isSeen(AuditDraft draft) {
        List<StoredRecord> records = draft.records();
        if (records.isEmpty()) {
            return false;
        }
        StoredRecord last = records.get(records.size() - 1);
        try {
            AuditItem there = table.records()
                    .getItem(get -> get.key(AuditItem.key(last.writerId(), last.sequence()))
                            .consistentRead(true));
            return there != null && last.hash().equals(there.hash());
        } catch (SdkException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // the client is closed by the store, whose readers use it too
    }
}
