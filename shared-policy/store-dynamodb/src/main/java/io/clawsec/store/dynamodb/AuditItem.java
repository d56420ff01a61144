package io.clawsec.store.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondarySortKey;

import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.StoredRecord.IndexedFields;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A record of the audit as an item: the exact bytes, and beside them what the indexes say of it. */
final class AuditItem {

    static final String RECORD = "record";
    static final String HASH = "hash";

    static final TableSchema<AuditItem> SCHEMA = schema();

    /** Stands for whatever was put where an id was: no event has it. */
    private static final UUID DAMAGED = new UUID(0, 0);

    private String pk = "";
    private String sk = "";
    private byte[] hash = {};
    private byte[] record = {};
    private byte[] place = {};
    private String eventId = "";
    private String requestId = "";
    private String eventType = "";
    private String outcome = "";
    private @Nullable String userId;
    private @Nullable String userDigest;
    private final Map<AuditIndex, String> indexKeys = new EnumMap<>(AuditIndex.class);

    private AuditItem() {}

    private static TableSchema<AuditItem> schema() {
        ItemSchema<AuditItem> schema = new ItemSchema<>(AuditItem.class, AuditItem::new)
                .text(DynamoDbTables.PK, item -> item.pk, (item, value) -> item.pk = value, primaryPartitionKey())
                .text(DynamoDbTables.SK, item -> item.sk, (item, value) -> item.sk = value, primarySortKey())
                .bytes(HASH, item -> item.hash, (item, value) -> item.hash = value)
                .bytes(RECORD, item -> item.record, (item, value) -> item.record = value)
                .bytes(
                        DynamoDbTables.PLACE,
                        item -> item.place,
                        (item, value) -> item.place = value,
                        secondarySortKey(Stream.of(AuditIndex.values())
                                .map(AuditIndex::indexName)
                                .toList()))
                .text("event_id", item -> item.eventId, (item, value) -> item.eventId = value)
                .text("request_id", item -> item.requestId, (item, value) -> item.requestId = value)
                .text(DynamoDbTables.EVENT_TYPE, item -> item.eventType, (item, value) -> item.eventType = value)
                .text(DynamoDbTables.OUTCOME, item -> item.outcome, (item, value) -> item.outcome = value)
                .text("user_id", item -> item.userId, (item, value) -> item.userId = value)
                .text(DynamoDbTables.USER_DIGEST, item -> item.userDigest, (item, value) -> item.userDigest = value);
        for (AuditIndex index : AuditIndex.values()) {
            schema.text(
                    index.keyName(),
                    item -> item.indexKeys.get(index),
                    (item, value) -> item.indexKeys.put(index, value),
                    secondaryPartitionKey(index.indexName()));
        }
        return schema.build();
    }

    /** The item to store. */
    static AuditItem of(StoredRecord record) {
        IndexedFields indexed = record.indexed();
        AuditItem item = new AuditItem();
        item.pk = AuditKeys.runKey(record.writerId(), AuditKeys.run(record.sequence()));
        item.sk = AuditKeys.sequenceKey(record.sequence());
        item.hash = HexFormat.of().parseHex(record.hash());
        item.record = record.bytes();
        item.place = AuditKeys.place(record).bytes();
        item.eventId = indexed.id().toString();
        item.requestId = indexed.requestId().toString();
        item.eventType = indexed.type();
        item.outcome = indexed.outcome();
        item.userId = indexed.userId();
        item.userDigest = digest(indexed.userId());
        for (AuditIndex index : AuditIndex.values()) {
            String key = AuditKeys.indexKey(index, record);
            if (key != null) {
                item.indexKeys.put(index, key);
            }
        }
        return item;
    }

    private static @Nullable String digest(@Nullable String userId) {
        return userId == null ? null : AuditKeys.digest(userId);
    }

    /** Where a record is kept. */
    static Key key(UUID writerId, long sequence) {
        return key(AuditKeys.runKey(writerId, AuditKeys.run(sequence)), AuditKeys.sequenceKey(sequence));
    }

    private static Key key(String pk, String sk) {
        return Key.builder().partitionValue(pk).sortValue(sk).build();
    }

    /** Where this one is. */
    Key key() {
        return key(pk, sk);
    }

    /** Its place in the order of pages; null where what was put there is none. */
    @Nullable
    AuditPlace place() {
        return place.length == AuditPlace.LENGTH ? new AuditPlace(place) : null;
    }

    /** The record's bytes, as stored. */
    byte[] record() {
        return record;
    }

    /** The hash that it is stored under, in hexadecimal. */
    String hash() {
        return HexFormat.of().formatHex(hash);
    }

    /**
     * The record that an item of a chain holds. What is damaged comes back as what no record says, so that the verifier
     * finds it and goes on.
     */
    StoredRecord stored(UUID writerId) {
        AuditPlace known = place();
        IndexedFields indexed = new IndexedFields(
                uuid(eventId),
                known == null ? -1 : known.timestampMicros(),
                eventType,
                userId,
                outcome,
                uuid(requestId));
        StoredRecord stored = new StoredRecord(writerId, AuditKeys.sequence(sk), hash(), indexed, record);
        return isFoundByItsIndexes(stored) ? stored : withDamagedId(stored);
    }

    /** An event whose keys were changed is hidden from those who look for it, whatever else its item says. */
    private boolean isFoundByItsIndexes(StoredRecord stored) {
        boolean found = Objects.equals(userDigest, digest(userId))
                && AuditKeys.place(stored).equals(new AuditPlace(place));
        for (AuditIndex index : AuditIndex.values()) {
            found &= Objects.equals(indexKeys.get(index), AuditKeys.indexKey(index, stored));
        }
        return found;
    }

    private static StoredRecord withDamagedId(StoredRecord record) {
        IndexedFields was = record.indexed();
        IndexedFields damaged = new IndexedFields(
                DAMAGED, was.timestampMicros(), was.type(), was.userId(), was.outcome(), was.requestId());
        return new StoredRecord(record.writerId(), record.sequence(), record.hash(), damaged, record.bytes());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return DAMAGED;
        }
    }
}
