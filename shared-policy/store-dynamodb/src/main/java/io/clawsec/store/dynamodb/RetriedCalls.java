package io.clawsec.store.dynamodb;

import io.clawsec.store.StoreUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.extensions.AtomicCounterExtension;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPage;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Calls that may be made twice, tried until they are answered or patience ends. Safe for use by many threads. */
final class RetriedCalls implements AutoCloseable {

    /** What DynamoDB gives in one call. */
    static final int MOST_ITEMS = 100;

    private final DynamoDbClient client;
    private final DynamoDbEnhancedClient enhanced;
    private final Backoff backoff;
    private volatile boolean closed;

    RetriedCalls(DynamoDbClient client, Backoff backoff) {
        this.client = client;
        this.enhanced = DynamoDbEnhancedClient.builder()
                .dynamoDbClient(client)
                .extensions(AtomicCounterExtension.builder().build()) // and not versions, as by itself
                .build();
        this.backoff = backoff;
    }

    /**
     * Makes a call that does the same however often it is made.
     *
     * @throws StoreUnavailableException when it was not answered in time, or was refused
     */
    <T> T call(Supplier<T> call) throws StoreUnavailableException {
        if (closed) {
            throw new StoreUnavailableException("the store is closed", null);
        }
        try {
            return backoff.call(call);
        } catch (SdkException e) {
            throw new StoreUnavailableException(
                    "DynamoDB says " + CallFailure.of(e).reason(e), e);
        }
    }

    /** The item under a key, as it is now; null where there is none. */
    <T> @Nullable T item(DynamoDbTable<T> table, Key key) throws StoreUnavailableException {
        return call(() -> table.getItem(request -> request.key(key).consistentRead(true)));
    }

    /** The items under these keys, {@value #MOST_ITEMS} at most. DynamoDB gives 16 MB, and the rest when asked again. */
    <T> Map<Key, T> items(DynamoDbTable<T> table, List<Key> keys) throws StoreUnavailableException {
        Map<Key, T> items = new HashMap<>();
        Backoff.Tries tries = backoff.tries();
        List<Key> left = keys;
        while (!left.isEmpty()) {
            BatchGetResultPage page = first(enhanced.batchGetItem(batch(table, left)));
            List<T> got = page.resultsForTable(table);
            got.forEach(item -> items.put(table.keyFrom(item), item));
            left = page.unprocessedKeysForTable(table);
            if (got.isEmpty() && !left.isEmpty() && !tries.again()) {
                throw new StoreUnavailableException("DynamoDB gives no items now", null);
            }
        }
        return items;
    }

    private static <T> BatchGetItemEnhancedRequest batch(DynamoDbTable<T> table, List<Key> keys) {
        ReadBatch.Builder<T> batch =
                ReadBatch.<T>builder(table.tableSchema().itemType().rawClass()).mappedTableResource(table);
        keys.forEach(key -> batch.addGetItem(get -> get.key(key).consistentRead(true)));
        return BatchGetItemEnhancedRequest.builder().readBatches(batch.build()).build();
    }

    /**
     * A page of what a table has under a key, as it is now.
     *
     * @param from where the page before ended; null for the first
     */
    <T> Page<T> page(DynamoDbTable<T> table, QueryConditional where, @Nullable Map<String, AttributeValue> from)
            throws StoreUnavailableException {
        return first(table.query(
                request -> request.queryConditional(where).consistentRead(true).exclusiveStartKey(from)));
    }

    /** The first of pages that are read one by one; asked for anew, they begin anew. */
    <T> T first(SdkIterable<T> pages) throws StoreUnavailableException {
        return call(() -> pages.iterator().next());
    }

    /** The client itself, for calls that tell more than done or not. */
    DynamoDbEnhancedClient client() {
        return enhanced;
    }

    Backoff backoff() {
        return backoff;
    }

    /** Lets go of the connections. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
