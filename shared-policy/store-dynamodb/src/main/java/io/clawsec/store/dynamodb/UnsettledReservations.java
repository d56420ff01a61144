package io.clawsec.store.dynamodb;

import static io.clawsec.store.dynamodb.Attributes.text;

import io.clawsec.audit.AuditRecord;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.usage.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Finds reservations that are not settled, by an index that holds no others. Safe for use by many threads. */
final class UnsettledReservations {

    /** Items read at once. */
    private static final int ITEMS_AT_ONCE = 100;

    private final String table;
    private final RetriedCalls calls;
    private final ParallelReads reads;

    UnsettledReservations(String table, RetriedCalls calls, ParallelReads reads) {
        this.table = table;
        this.calls = calls;
        this.reads = reads;
    }

    /** What the index tells of. */
    private record Entry(String openAt, Map<String, AttributeValue> key) {}

    /** The oldest of each shard, merged; then the items themselves, for the index may be a moment behind. */
    List<Reservation> before(Instant instant, int most) throws StoreUnavailableException {
        long micros = AuditRecord.micros(instant);
        if (micros <= 0) {
            return List.of();
        }
        List<Callable<List<Entry>>> queries = new ArrayList<>();
        for (int shard = 0; shard < UsageItem.OPEN_SHARDS; shard++) {
            String key = UsageItem.openKey(shard);
            queries.add(() -> entries(key, micros, most));
        }
        List<Entry> entries = new ArrayList<>();
        reads.all(queries).forEach(entries::addAll);
        entries.sort(Comparator.comparing(Entry::openAt));
        List<Reservation> reservations = new ArrayList<>();
        int found = Math.min(most, entries.size());
        for (int i = 0; i < found; i += ITEMS_AT_ONCE) {
            for (Map<String, AttributeValue> item : items(entries.subList(i, Math.min(i + ITEMS_AT_ONCE, found)))) {
                Reservation reservation = UsageItem.reservation(item);
                if (reservation != null) { // or it was settled since
                    reservations.add(reservation);
                }
            }
        }
        return List.copyOf(reservations);
    }

    private List<Map<String, AttributeValue>> items(List<Entry> entries) throws StoreUnavailableException {
        List<Callable<Map<String, AttributeValue>>> gets = new ArrayList<>();
        for (Entry entry : entries) {
            gets.add(() -> calls.call(client -> client.getItem(
                            request -> request.tableName(table).key(entry.key()).consistentRead(true))
                    .item()));
        }
        return reads.all(gets);
    }

    private List<Entry> entries(String key, long micros, int most) throws StoreUnavailableException {
        List<Entry> entries = new ArrayList<>();
        Map<String, AttributeValue> next = Map.of();
        do {
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(table)
                    .indexName(DynamoDbTables.UNSETTLED)
                    .keyConditionExpression("open_key = :key AND open_at < :before")
                    .expressionAttributeValues(Map.of(":key", text(key), ":before", text(UsageItem.openAt(micros, ""))))
                    .limit(most - entries.size());
            if (!next.isEmpty()) {
                request.exclusiveStartKey(next);
            }
            QueryRequest asked = request.build();
            QueryResponse response = calls.call(client -> client.query(asked));
            response.items()
                    .forEach(item -> entries.add(new Entry(
                            Attributes.textOrEmpty(item, DynamoDbTables.OPEN_AT),
                            Map.of(DynamoDbTables.PK, text(Attributes.textOrEmpty(item, DynamoDbTables.PK))))));
            next = response.lastEvaluatedKey();
        } while (!next.isEmpty() && entries.size() < most);
        return entries;
    }
}
