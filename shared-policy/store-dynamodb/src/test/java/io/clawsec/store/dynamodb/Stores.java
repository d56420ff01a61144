package io.clawsec.store.dynamodb;

import io.clawsec.audit.StoredRecord;
import io.clawsec.store.GroupCommit;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stores that a test has open on tables of its own, as one process or as several. */
final class Stores implements AutoCloseable {

    private final DynamoDbUrl url;
    private final DynamoDbClient raw;
    private final Deque<DynamoDbStore> open = new ArrayDeque<>();
    private final DynamoDbStore mine;

    Stores(ExecutionInterceptor... interceptors) {
        this.url = DynamoDbServer.url("test-" + UUID.randomUUID());
        this.raw = DynamoDbClients.open(url);
        DynamoDbTables.create(raw, url.prefix());
        this.mine = another(interceptors);
    }

    DynamoDbUrl url() {
        return url;
    }

    /** The store of "this" process. */
    DynamoDbStore mine() {
        return mine;
    }

    /** One more store on the same tables. */
    DynamoDbStore another(ExecutionInterceptor... interceptors) {
        return another(patientParts(), interceptors);
    }

    DynamoDbStore another(DynamoDbStore.Parts parts, ExecutionInterceptor... interceptors) {
        DynamoDbStore store = DynamoDbStore.open(DynamoDbClients.open(url, interceptors), url.prefix(), parts);
        open.addLast(store);
        return store;
    }

    /** A store whose calls are tried again without waiting, by a clock of the test's. */
    DynamoDbStore another(FakePauses pauses, Supplier<UUID> ids, ExecutionInterceptor... interceptors) {
        return another(
                new DynamoDbStore.Parts(
                        ids,
                        Clock.systemUTC(),
                        pauses.backoff(1, Duration.ofSeconds(6)),
                        new GroupCommit.Bounds(1024, 64, Duration.ofSeconds(50))),
                interceptors);
    }

    /** Parts with more patience than production has: the engine of the tests is slow, and that is not tested here. */
    static DynamoDbStore.Parts patientParts() {
        Backoff backoff =
                new Backoff(System::nanoTime, new SecureRandom(), TimeUnit.NANOSECONDS::sleep, Duration.ofSeconds(40));
        return new DynamoDbStore.Parts(
                UUID::randomUUID, Clock.systemUTC(), backoff, new GroupCommit.Bounds(1024, 64, Duration.ofSeconds(50)));
    }

    /** A client without any of the store's care. */
    DynamoDbClient raw() {
        return raw;
    }

    String auditTable() {
        return DynamoDbTables.AUDIT.name(url.prefix());
    }

    /** Every item of a table. */
    List<Map<String, AttributeValue>> items(TableDefinition table) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        raw.scanPaginator(request -> request.tableName(table.name(url.prefix())))
                .items()
                .forEach(items::add);
        return items;
    }

    void tamper(StoredRecord stored, @Nullable StoredRecord replacement) {
        Map<String, AttributeValue> key =
                AuditItem.key(stored.writerId(), stored.sequence()).primaryKeyMap(AuditItem.SCHEMA);
        raw.deleteItem(request -> request.tableName(auditTable()).key(key));
        if (replacement != null) {
            Map<String, AttributeValue> item = AuditItem.SCHEMA.itemToMap(AuditItem.of(replacement), true);
            raw.putItem(request -> request.tableName(auditTable()).item(item));
        }
    }

    @Override
    public void close() {
        open.forEach(DynamoDbStore::close);
        DynamoDbTables.ALL.forEach(table -> raw.deleteTable(request -> request.tableName(table.name(url.prefix()))));
        raw.close();
    }
}
