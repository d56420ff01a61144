package io.clawsec.store.dynamodb;

import static io.clawsec.store.dynamodb.Attributes.text;

import io.clawsec.audit.StoredRecord;
import io.clawsec.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads all records, chain by chain and run by run, by the list of runs that is written with them: never by a scan, and
 * one run in memory at a time. Safe for use by many threads.
 */
final class AuditChains {

    /** Behind the sort key of every run of a writer. */
    private static final int WRITER_LENGTH = 36;

    private final String table;
    private final RetriedCalls calls;

    AuditChains(String table, RetriedCalls calls) {
        this.table = table;
        this.calls = calls;
    }

    void forEachRecord(Consumer<StoredRecord> consumer) throws StoreUnavailableException {
        for (int shard = 0; shard < AuditKeys.CHAIN_SHARDS; shard++) {
            Map<String, AttributeValue> next = Map.of();
            do {
                QueryResponse runs = query(AuditKeys.chainsKey(shard), next);
                for (Map<String, AttributeValue> run : runs.items()) {
                    readRun(Attributes.textOrEmpty(run, DynamoDbTables.SK), consumer);
                }
                next = runs.lastEvaluatedKey();
            } while (!next.isEmpty());
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
        Map<String, AttributeValue> next = Map.of();
        do {
            QueryResponse page = query(AuditKeys.runKey(writerId, number), next);
            List<Map<String, AttributeValue>> items = page.items();
            items.forEach(item -> consumer.accept(AuditItem.record(writerId, item)));
            next = page.lastEvaluatedKey();
        } while (!next.isEmpty());
    }

    private QueryResponse query(String partition, Map<String, AttributeValue> from) throws StoreUnavailableException {
        return calls.call(client -> client.query(request -> request.tableName(table)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", text(partition)))
                .consistentRead(true)
                .exclusiveStartKey(from.isEmpty() ? null : from)));
    }
}
