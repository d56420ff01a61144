package io.clawsec.store.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.atomicCounter;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;

import io.clawsec.usage.UsageWindow;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The counter of a window as an item: whoever updates it counts one more, beginning with one. */
final class WindowItem {

    static final TableSchema<WindowItem> SCHEMA = new ItemSchema<>(WindowItem.class, WindowItem::new)
            .text(DynamoDbTables.PK, item -> item.pk, (item, value) -> item.pk = value, primaryPartitionKey())
            .number("used", item -> item.used, (item, value) -> item.used = value, atomicCounter(1, 1))
            .number(DynamoDbTables.EXPIRES_AT, item -> item.expiresAt, (item, value) -> item.expiresAt = value)
            .build();

    /** How long an ended window is kept: a process whose clock is behind still counts in it. */
    private static final long KEPT_SECONDS = 3_600;

    private String pk = "";
    private @Nullable Long used;
    private long expiresAt;

    private WindowItem() {}

    /** What is said of a window with each count: where it is, and when, in seconds since the epoch, it may go. */
    static WindowItem of(UsageWindow window) {
        WindowItem item = new WindowItem();
        item.pk = pk(window);
        item.expiresAt = window.end() + KEPT_SECONDS;
        return item;
    }

    static Key key(UsageWindow window) {
        return Key.builder().partitionValue(pk(window)).build();
    }

    private static String pk(UsageWindow window) {
        String principal = AuditKeys.digest(window.principalKey());
        return "window#" + principal + "#" + window.seconds() + "#" + window.start();
    }

    /** That one more is within the limit. */
    static Expression isBelow(long limit) {
        return Expression.builder()
                .expression("attribute_not_exists(used) OR used < :limit")
                .putExpressionValue(":limit", AttributeValue.fromN(Long.toString(limit)))
                .build();
    }

    /** How many were counted. */
    long used() {
        return used == null ? 0 : used;
    }
}
