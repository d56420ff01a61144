package io.clawsec.store.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondarySortKey;

import io.clawsec.audit.AuditRecord;
import io.clawsec.usage.Reservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A reservation as an item, until it is settled. */
final class ReservationItem {

    /** Keys of the index of what is not settled. An entry is gone when it is, so that there is no time in them. */
    static final int OPEN_SHARDS = 64;

    static final TableSchema<ReservationItem> SCHEMA = new ItemSchema<>(ReservationItem.class, ReservationItem::new)
            .text(DynamoDbTables.PK, item -> item.pk, (item, value) -> item.pk = value, primaryPartitionKey())
            .text("principal_key", item -> item.principal, (item, value) -> item.principal = value)
            .text("user_id", item -> item.userId, (item, value) -> item.userId = value)
            .text("role", item -> item.role, (item, value) -> item.role = value)
            .text("resource", item -> item.resource, (item, value) -> item.resource = value)
            .number("at_micros", item -> item.atMicros, (item, value) -> item.atMicros = value)
            .text(
                    DynamoDbTables.OPEN_KEY,
                    item -> item.openKey,
                    (item, value) -> item.openKey = value,
                    secondaryPartitionKey(DynamoDbTables.UNSETTLED))
            .text(
                    DynamoDbTables.OPEN_AT,
                    item -> item.openAt,
                    (item, value) -> item.openAt = value,
                    secondarySortKey(DynamoDbTables.UNSETTLED))
            .build();

    private static final String REQUEST = "request#";

    private String pk = "";
    private String principal = "";
    private String userId = "";
    private String role = "";
    private String resource = "";
    private long atMicros;
    private String openKey = "";
    private String openAt = "";

    private ReservationItem() {}

    static ReservationItem of(Reservation reservation) {
        UUID requestId = reservation.requestId();
        ReservationItem item = new ReservationItem();
        item.pk = REQUEST + requestId;
        item.principal = reservation.principalKey();
        item.userId = reservation.userId();
        item.role = reservation.role();
        item.resource = reservation.resource();
        item.atMicros = AuditRecord.micros(reservation.at());
        item.openKey = openKey(Math.floorMod(requestId.hashCode(), OPEN_SHARDS));
        item.openAt = openAt(item.atMicros, requestId.toString());
        return item;
    }

    static Key key(UUID requestId) {
        return Key.builder().partitionValue(REQUEST + requestId).build();
    }

    Key key() {
        return Key.builder().partitionValue(pk).build();
    }

    static String openKey(int shard) {
        return "open#" + shard;
    }

    /** Sorts by time, then by request. */
    static String openAt(long micros, String requestId) {
        return String.format(Locale.ROOT, "%019d#%s", Math.max(0, micros), requestId);
    }

    /** Its place among those that are open. */
    String openAt() {
        return openAt;
    }

    /** The reservation; null where the item is none. */
    @Nullable
    Reservation reservation() {
        return pk.startsWith(REQUEST)
                ? new Reservation(
                        UUID.fromString(pk.substring(REQUEST.length())),
                        principal,
                        userId,
                        role,
                        resource,
                        Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS))
                : null;
    }
}
