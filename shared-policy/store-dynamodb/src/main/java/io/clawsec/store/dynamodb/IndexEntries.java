package io.clawsec.store.dynamodb;

import io.clawsec.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbIndex;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
    record Entry(AuditPlace place, Key key) {}

    private final DynamoDbIndex<AuditItem> index;
    private final AuditSearch search;
    private final String partition;
    private final Deque<Entry> ahead = new ArrayDeque<>();
    private @Nullable Map<String, AttributeValue> next;
    private boolean exhausted;
    private int atOnce;

    /**
     * Entries that are not read yet.
     *
     * @param expected how many of them will be asked for, as far as one can tell
     */
    IndexEntries(AuditTable table, AuditSearch search, String partition, int expected) {
        this.index = table.records().index(search.index().indexName());
        this.search = search;
        this.partition = partition;
        // A filter leaves few of many, and how few nobody knows.
        this.atOnce =
                search.filter() == null ? Math.min(MOST_AT_ONCE, Math.max(FEWEST_AT_ONCE, expected)) : MOST_AT_ONCE;
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
        QueryEnhancedRequest request = QueryEnhancedRequest.builder()
                .queryConditional(search.range(partition))
                .filterExpression(search.filter())
                .scanIndexForward(false)
                .limit(atOnce)
                .exclusiveStartKey(next)
                .build();
        Page<AuditItem> page = calls.first(index.query(request));
        for (AuditItem item : page.items()) {
            AuditPlace place = item.place();
            if (place != null) { // or else not one of ours
                ahead.add(new Entry(place, item.key()));
            }
        }
        next = page.lastEvaluatedKey();
        exhausted = next == null;
        atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
    }
}
