package io.clawsec.store.dynamodb;

import static io.clawsec.store.dynamodb.Attributes.binary;
import static io.clawsec.store.dynamodb.Attributes.text;

import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.StoredRecord.IndexedFields;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record of the audit as an item: the exact bytes, and beside them what the indexes say of it. */
final class AuditItem {

    static final String RECORD = "record";
    static final String HASH = "hash";
    static final String WRITER = "writer_id";
    static final String SEQUENCE = "sequence";

    private static final String EVENT_ID = "event_id";
    private static final String USER_ID = "user_id";
    private static final String REQUEST_ID = "request_id";

    /** Stands for whatever was put where an id was: no event has it. */
    private static final UUID DAMAGED = new UUID(0, 0);

    private AuditItem() {}

    /** The item to store. */
    static Map<String, AttributeValue> of(StoredRecord record) {
        IndexedFields indexed = record.indexed();
        Map<String, AttributeValue> item = new HashMap<>(key(record.writerId(), record.sequence()));
        item.put(HASH, binary(HexFormat.of().parseHex(record.hash())));
        item.put(RECORD, binary(record.bytes()));
        item.put(EVENT_ID, text(indexed.id().toString()));
        item.put(REQUEST_ID, text(indexed.requestId().toString()));
        item.put(DynamoDbTables.EVENT_TYPE, text(indexed.type()));
        item.put(DynamoDbTables.OUTCOME, text(indexed.outcome()));
        String userId = indexed.userId();
        if (userId != null) {
            item.put(USER_ID, text(userId));
            item.put(DynamoDbTables.USER_DIGEST, text(AuditKeys.digest(userId)));
        }
        item.put(DynamoDbTables.PLACE, binary(AuditKeys.place(record).bytes()));
        for (AuditIndex index : AuditIndex.values()) {
            String key = AuditKeys.indexKey(index, record);
            if (key != null) {
                item.put(index.keyName(), text(key));
            }
        }
        return item;
    }

    /** Where a record is kept. */
    static Map<String, AttributeValue> key(UUID writerId, long sequence) {
        return Map.of(
                DynamoDbTables.PK, text(AuditKeys.runKey(writerId, AuditKeys.run(sequence))),
                DynamoDbTables.SK, text(AuditKeys.sequenceKey(sequence)));
    }

    /** The key of an item that was read. */
    static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        return Map.of(
                DynamoDbTables.PK, text(Attributes.textOrEmpty(item, DynamoDbTables.PK)),
                DynamoDbTables.SK, text(Attributes.textOrEmpty(item, DynamoDbTables.SK)));
    }

    /** What keeps an event's id from being used again, and tells whose it is. */
    static Map<String, AttributeValue> idGuard(StoredRecord record) {
        return Map.of(
                DynamoDbTables.PK,
                text(AuditKeys.idKey(record.indexed().id())),
                DynamoDbTables.SK,
                text(AuditKeys.SINGLE),
                WRITER,
                text(record.writerId().toString()),
                SEQUENCE,
                Attributes.number(record.sequence()),
                HASH,
                binary(HexFormat.of().parseHex(record.hash())));
    }

    /** Whether an item is this very record, or the guard of its id. */
    static boolean isOf(StoredRecord record, Map<String, AttributeValue> item) {
        return record.hash().equals(hash(item));
    }

    static String hash(Map<String, AttributeValue> item) {
        return HexFormat.of().formatHex(binary(item, HASH));
    }

    /**
     * The record that an item of a chain holds. What is damaged comes back as what no record says, so that the verifier
     * finds it and goes on.
     */
    static StoredRecord record(UUID writerId, Map<String, AttributeValue> item) {
        long sequence = AuditKeys.sequence(Attributes.textOrEmpty(item, DynamoDbTables.SK));
        byte[] place = binary(item, DynamoDbTables.PLACE);
        IndexedFields indexed = new IndexedFields(
                uuid(item, EVENT_ID),
                place.length == AuditPlace.LENGTH ? new AuditPlace(place).timestampMicros() : -1,
                Attributes.textOrEmpty(item, DynamoDbTables.EVENT_TYPE),
                text(item, USER_ID),
                Attributes.textOrEmpty(item, DynamoDbTables.OUTCOME),
                uuid(item, REQUEST_ID));
        StoredRecord record = new StoredRecord(writerId, sequence, hash(item), indexed, binary(item, RECORD));
        return isFoundByItsIndexes(record, item) ? record : withDamagedId(record);
    }

    /** An event whose keys were changed is hidden from those who look for it, whatever else its item says. */
    private static boolean isFoundByItsIndexes(StoredRecord record, Map<String, AttributeValue> item) {
        String userId = record.indexed().userId();
        @Nullable String digest = userId == null ? null : AuditKeys.digest(userId);
        boolean found = Objects.equals(text(item, DynamoDbTables.USER_DIGEST), digest)
                && AuditKeys.place(record).equals(new AuditPlace(binary(item, DynamoDbTables.PLACE)));
        for (AuditIndex index : AuditIndex.values()) {
            found &= Objects.equals(text(item, index.keyName()), AuditKeys.indexKey(index, record));
        }
        return found;
    }

    private static StoredRecord withDamagedId(StoredRecord record) {
        IndexedFields was = record.indexed();
        IndexedFields damaged = new IndexedFields(
                DAMAGED, was.timestampMicros(), was.type(), was.userId(), was.outcome(), was.requestId());
        return new StoredRecord(record.writerId(), record.sequence(), record.hash(), damaged, record.bytes());
    }

    private static UUID uuid(Map<String, AttributeValue> item, String name) {
        try {
            return UUID.fromString(Attributes.textOrEmpty(item, name));
        } catch (IllegalArgumentException e) {
            return DAMAGED;
        }
    }
}
