package io.clawsec.store.dynamodb;

import io.clawsec.audit.StoredRecord;
import io.clawsec.store.StoreUnavailableException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads all records, chain by chain and run by run, by the list of runs that is written with them: never by a scan, and
 * one run in memory at a time. Safe for use by many threads.
 */
final class AuditChains {

    /** Behind the sort key of every run of a writer. */
    private static final int WRITER_LENGTH = 36;

    private final AuditTable table;
    private final RetriedCalls calls;

    AuditChains(AuditTable table, RetriedCalls calls) {
        this.table = table;
        this.calls = calls;
    }

    void forEachRecord(Consumer<StoredRecord> consumer) throws StoreUnavailableException {
        for (int shard = 0; shard < AuditKeys.CHAIN_SHARDS; shard++) {
            QueryConditional where = under(AuditKeys.chainsKey(shard));
            @Nullable Page<AuditMark> runs = calls.page(table.marks(), where, null);
            while (runs != null) {
                // Asked for first: it would name a run that began behind a last one which was read too early.
                Page<AuditMark> next = runs.lastEvaluatedKey() == null
                        ? null
                        : calls.page(table.marks(), where, runs.lastEvaluatedKey());
                for (AuditMark run : runs.items()) {
                    readRun(run.sk(), consumer);
                }
                runs = next;
            }
        }
    }

    private void readRun(String run, Consumer<StoredRecord> consumer) throws StoreUnavailableException {
        UUID writerId;
        long number;
        try {
            writerId = UUID.fromString(run.substring(0, Math.min(WRITER_LENGTH, run.length())));
            number = Long.parseLong(run.substring(Math.min(WRITER_LENGTH + 1, run.length())));
        } catch (IllegalArgumentException e) {
            return; // not one of ours
        }
        QueryConditional where = under(AuditKeys.runKey(writerId, number));
        @Nullable Map<String, AttributeValue> next = null;
        do {
            Page<AuditItem> page = calls.page(table.records(), where, next);
            page.items().forEach(item -> consumer.accept(item.stored(writerId)));
            next = page.lastEvaluatedKey();
        } while (next != null);
    }

    private static QueryConditional under(String partition) {
        return QueryConditional.keyEqualTo(key -> key.partitionValue(partition));
    }
}
