package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.usage.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds reservations that are not settled, by an index that holds no others. Safe for use by many threads. */
final class UnsettledReservations {

    private final DynamoDbTable<ReservationItem> table;
    private final RetriedCalls calls;
    private final ParallelReads reads;

    UnsettledReservations(DynamoDbTable<ReservationItem> table, RetriedCalls calls, ParallelReads reads) {
        this.table = table;
        this.calls = calls;
        this.reads = reads;
    }

    /** The oldest of each shard, merged; then the items themselves, for the index may be a moment behind. */
    List<Reservation> before(Instant instant, int most) throws StoreUnavailableException {
        long micros = AuditRecord.micros(instant);
        if (micros <= 0) {
            return List.of();
        }
        List<Callable<List<ReservationItem>>> queries = new ArrayList<>();
        for (int shard = 0; shard < ReservationItem.OPEN_SHARDS; shard++) {
            String key = ReservationItem.openKey(shard);
            queries.add(() -> entries(key, micros, most));
        }
        List<ReservationItem> entries = new ArrayList<>();
        reads.all(queries).forEach(entries::addAll);
        entries.sort(Comparator.comparing(ReservationItem::openAt));
        List<Reservation> reservations = new ArrayList<>();
        int found = Math.min(most, entries.size());
        for (int i = 0; i < found; i += RetriedCalls.MOST_ITEMS) {
            List<Key> keys = entries.subList(i, Math.min(i + RetriedCalls.MOST_ITEMS, found)).stream()
                    .map(ReservationItem::key)
                    .toList();
            Map<Key, ReservationItem> items = calls.items(table, keys);
            for (Key key : keys) {
                ReservationItem item = items.get(key);
                Reservation reservation = item == null ? null : item.reservation();
                if (reservation != null) { // or it was settled since
                    reservations.add(reservation);
                }
            }
        }
        return List.copyOf(reservations);
    }

    /** The index has keys only. */
    private List<ReservationItem> entries(String key, long micros, int most) throws StoreUnavailableException {
        QueryConditional where = QueryConditional.sortLessThan(
                before -> before.partitionValue(key).sortValue(ReservationItem.openAt(micros, "")));
        List<ReservationItem> entries = new ArrayList<>();
        @Nullable Map<String, AttributeValue> next = null;
        do {
            QueryEnhancedRequest request = QueryEnhancedRequest.builder()
                    .queryConditional(where)
                    .limit(most - entries.size())
                    .exclusiveStartKey(next)
                    .build();
            Page<ReservationItem> page =
                    calls.first(table.index(DynamoDbTables.UNSETTLED).query(request));
            entries.addAll(page.items());
            next = page.lastEvaluatedKey();
        } while (next != null && entries.size() < most);
        return entries;
    }
}
