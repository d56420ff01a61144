package io.clawsec.store.dynamodb;

import io.clawsec.audit.StoredRecord;
import io.clawsec.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which periods have events, and under which of a period's shards: small marks, so that whoever reads skips empty time
 * and empty shards. A mark is there before the first event that it tells of, and is never taken away.
 */
final class AuditPeriods {

    /** Marks that a process remembers to have seen; years of them, as a period has {@value AuditKeys#SHARDS}. */
    private static final int MOST_SEEN = 16_384;

    private final DynamoDbTable<AuditMark> marks;
    private final RetriedCalls calls;
    private final ParallelReads reads;

    /** Confined to the writer's thread. */
    private final Set<String> seen = new HashSet<>();

    AuditPeriods(DynamoDbTable<AuditMark> marks, RetriedCalls calls, ParallelReads reads) {
        this.marks = marks;
        this.calls = calls;
        this.reads = reads;
    }

    /**
     * Makes the marks of these records, if they are not there. By calls of their own and not in the records'
     * transaction: there, every process that begins a period would be in conflict with every other.
     */
    void mark(List<StoredRecord> records) throws StoreUnavailableException {
        for (StoredRecord record : records) {
            long period = AuditKeys.period(record.indexed().timestampMicros());
            int shard = AuditKeys.shard(record.writerId(), record.sequence());
            AuditMark mark = AuditMark.ofPeriod(period, shard);
            if (!seen.contains(mark.sk())) {
                write(mark);
                if (seen.size() >= MOST_SEEN) {
                    seen.clear();
                }
                seen.add(mark.sk());
            }
        }
    }

    /** Looks first: reading is cheaper, and a thousand processes that begin a period write the mark a few times only. */
    private void write(AuditMark mark) throws StoreUnavailableException {
        boolean there = calls.call(() -> marks.getItem(mark.key()) != null);
        if (!there) {
            calls.call(() -> marks.putItemWithResponse(put -> put.item(mark)));
        }
    }

    /** The shards of each period between the two, both included, the newest period first. */
    NavigableMap<Long, List<Integer>> between(long first, long last) throws StoreUnavailableException {
        List<Callable<List<String>>> queries = new ArrayList<>();
        for (int i = 0; i < AuditKeys.PERIOD_SHARDS; i++) {
            String key = AuditKeys.periodsKey(i);
            queries.add(() -> marks(key, first, last));
        }
        NavigableMap<Long, List<Integer>> periods = new TreeMap<>(Collections.reverseOrder());
        reads.all(queries).forEach(found -> found.forEach(mark -> put(periods, mark)));
        return periods;
    }

    private List<String> marks(String key, long first, long last) throws StoreUnavailableException {
        QueryConditional where = QueryConditional.sortBetween(
                from -> from.partitionValue(key).sortValue(AuditKeys.periodKey(first, 0)),
                to -> to.partitionValue(key).sortValue(AuditKeys.periodKey(last, AuditKeys.SHARDS - 1)));
        List<String> found = new ArrayList<>();
        @Nullable Map<String, AttributeValue> next = null;
        do {
            Page<AuditMark> page = calls.page(marks, where, next);
            page.items().forEach(mark -> found.add(mark.sk()));
            next = page.lastEvaluatedKey();
        } while (next != null);
        return found;
    }

    private static void put(NavigableMap<Long, List<Integer>> periods, String mark) {
        int hash = mark.indexOf('#');
        try {
            long period = Long.parseLong(mark.substring(0, Math.max(hash, 0)));
            int shard = Integer.parseInt(mark.substring(hash + 1));
            periods.computeIfAbsent(period, any -> new ArrayList<>()).add(shard);
        } catch (NumberFormatException e) {
            // not one of ours; the verifier reads by chains, not by marks
        }
    }
}
