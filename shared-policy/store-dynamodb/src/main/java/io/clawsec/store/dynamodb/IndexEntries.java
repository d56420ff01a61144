package io.clawsec.store.dynamodb;

import static io.clawsec.store.dynamodb.Attributes.binary;
import static io.clawsec.store.dynamodb.Attributes.text;

import io.clawsec.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The entries of one search under one key of an index, newest first, read a few at a time. Used by one thread at a time.
 */
final class IndexEntries {

    /** Entries read at once, at most: about 250 KB. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final int FEWEST_AT_ONCE = 4;

    /**
     * What an index says of an event.
     *
     * @param place in the order of pages
     * @param key where the record is
     */
    record Entry(AuditPlace place, Map<String, AttributeValue> key) {}

    private final String table;
    private final AuditSearch search;
    private final String partition;
    private final Deque<Entry> ahead = new ArrayDeque<>();
    private Map<String, AttributeValue> next = Map.of();
    private boolean exhausted;
    private int atOnce;

    /**
     * Entries that are not read yet.
     *
     * @param expected how many of them will be asked for, as far as one can tell
     */
    IndexEntries(String table, AuditSearch search, String partition, int expected) {
        this.table = table;
        this.search = search;
        this.partition = partition;
        // A filter leaves few of many, and how few nobody knows.
        this.atOnce =
                search.filter().isEmpty() ? Math.min(MOST_AT_ONCE, Math.max(FEWEST_AT_ONCE, expected)) : MOST_AT_ONCE;
    }

    /** Whether it must read before it can say what comes next. */
    boolean mustRead() {
        return ahead.isEmpty() && !exhausted;
    }

    /** The next entry, which stays; null at the end. */
    @Nullable
    Entry peek() {
        return ahead.peek();
    }

    /** Takes the next entry. */
    Entry take() {
        return ahead.remove();
    }

    /** Reads on: one call. There may be nothing to see afterwards and still no end, where a filter leaves nothing. */
    void read(RetriedCalls calls) throws StoreUnavailableException {
        QueryRequest request = request();
        QueryResponse response = calls.call(client -> client.query(request));
        for (Map<String, AttributeValue> item : response.items()) {
            byte[] place = binary(item, DynamoDbTables.PLACE);
            if (place.length == AuditPlace.LENGTH) { // or else not one of ours
                ahead.add(new Entry(new AuditPlace(place), AuditItem.keyOf(item)));
            }
        }
        next = response.lastEvaluatedKey();
        exhausted = next.isEmpty();
        atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
    }

    private QueryRequest request() {
        Map<String, AttributeValue> values = new HashMap<>(search.filterValues());
        values.put(":key", text(partition));
        values.put(":first", binary(search.first().bytes()));
        values.put(":last", binary(search.last().bytes()));
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .indexName(search.index().indexName())
                .keyConditionExpression(search.index().keyName() + " = :key AND place BETWEEN :first AND :last")
                .expressionAttributeValues(values)
                .scanIndexForward(false)
                .limit(atOnce);
        if (!search.filter().isEmpty()) {
            request.filterExpression(search.filter());
        }
        if (!next.isEmpty()) {
            request.exclusiveStartKey(next);
        }
        return request.build();
    }
}
