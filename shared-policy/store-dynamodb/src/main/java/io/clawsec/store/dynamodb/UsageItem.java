package io.clawsec.store.dynamodb;

import static io.clawsec.store.dynamodb.Attributes.number;
import static io.clawsec.store.dynamodb.Attributes.text;

import io.clawsec.audit.AuditRecord;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageWindow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reservations and the counters of windows as items, and their keys. */
final class UsageItem {

    /** Keys of the index of what is not settled. An entry is gone when it is, so that there is no time in them. */
    static final int OPEN_SHARDS = 64;

    static final String USED = "used";

    /** How long an ended window is kept: a process whose clock is behind still counts in it. */
    private static final long KEPT_SECONDS = 3_600;

    private static final String PRINCIPAL = "principal_key";
    private static final String USER_ID = "user_id";
    private static final String ROLE = "role";
    private static final String RESOURCE = "resource";
    private static final String AT = "at_micros";
    private static final String REQUEST = "request#";

    private UsageItem() {}

    static Map<String, AttributeValue> key(UsageWindow window) {
        String principal = AuditKeys.digest(window.principalKey());
        return Map.of(DynamoDbTables.PK, text("window#" + principal + "#" + window.seconds() + "#" + window.start()));
    }

    /** When the item of a window may go, in seconds since the epoch, as DynamoDB wants to know it. */
    static long expiresAt(UsageWindow window) {
        return window.end() + KEPT_SECONDS;
    }

    static Map<String, AttributeValue> reservationKey(UUID requestId) {
        return Map.of(DynamoDbTables.PK, text(REQUEST + requestId));
    }

    static Map<String, AttributeValue> of(Reservation reservation) {
        UUID requestId = reservation.requestId();
        long micros = AuditRecord.micros(reservation.at());
        return Map.of(
                DynamoDbTables.PK,
                text(REQUEST + requestId),
                PRINCIPAL,
                text(reservation.principalKey()),
                USER_ID,
                text(reservation.userId()),
                ROLE,
                text(reservation.role()),
                RESOURCE,
                text(reservation.resource()),
                AT,
                number(micros),
                DynamoDbTables.OPEN_KEY,
                text(openKey(Math.floorMod(requestId.hashCode(), OPEN_SHARDS))),
                DynamoDbTables.OPEN_AT,
                text(openAt(micros, requestId.toString())));
    }

    static String openKey(int shard) {
        return "open#" + shard;
    }

    /** Sorts by time, then by request. */
    static String openAt(long micros, String requestId) {
        return String.format(Locale.ROOT, "%019d#%s", Math.max(0, micros), requestId);
    }

    /** The reservation that an item holds; null where it holds none. */
    static @Nullable Reservation reservation(Map<String, AttributeValue> item) {
        String key = Attributes.textOrEmpty(item, DynamoDbTables.PK);
        if (!key.startsWith(REQUEST)) {
            return null;
        }
        return new Reservation(
                UUID.fromString(key.substring(REQUEST.length())),
                Attributes.textOrEmpty(item, PRINCIPAL),
                Attributes.textOrEmpty(item, USER_ID),
                Attributes.textOrEmpty(item, ROLE),
                Attributes.textOrEmpty(item, RESOURCE),
                Instant.EPOCH.plus(number(item, AT, 0), ChronoUnit.MICROS));
    }
}
