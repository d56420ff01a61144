package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A query in DynamoDB's words: one index, the most selective of those that serve; what of it; and what is left for a
 * filter to say, inside the range of keys.
 *
 * @param index where to look
 * @param value what the index's keys begin with
 * @param first the first place to look at
 * @param last the last place to look at; before the first where there is nothing to find
 * @param filter what the rest must be; null where the index says it all
 */
record AuditSearch(
        AuditIndex index,
        String value,
        AuditPlace first,
        AuditPlace last,
        @Nullable Expression filter) {

    private static final AuditPlace NOWHERE = AuditPlace.firstOf(0);

    /** No event is of the year 10000 or later; the keys of periods sort as periods do until long after it, not for ever. */
    private static final AuditPlace END = AuditPlace.firstOf(253_402_300_800_000_000L);

    static AuditSearch of(AuditQuery query) {
        AuditIndex index = index(query);
        String value = "";
        List<Expression> filters = new ArrayList<>();
        UUID requestId = query.requestId();
        if (requestId != null) {
            value = requestId.toString();
        }
        String userId = query.userId();
        if (userId != null) {
            String digest = AuditKeys.digest(userId);
            value = index == AuditIndex.USER ? digest : value;
            filter(index == AuditIndex.USER, DynamoDbTables.USER_DIGEST, digest, filters);
        }
        EventType type = query.type();
        if (type != null) {
            value = index == AuditIndex.TYPE ? type.wireName() : value;
            filter(index == AuditIndex.TYPE, DynamoDbTables.EVENT_TYPE, type.wireName(), filters);
        }
        EventOutcome outcome = query.outcome();
        if (outcome != null) {
            value = index == AuditIndex.OUTCOME ? outcome.wireName() : value;
            filter(index == AuditIndex.OUTCOME, DynamoDbTables.OUTCOME, outcome.wireName(), filters);
        }
        Expression filter = filters.isEmpty() ? null : Expression.and(filters);
        return new AuditSearch(index, value, first(query), last(query), filter);
    }

    private static void filter(boolean indexed, String attribute, String value, List<Expression> filters) {
        if (!indexed) {
            filters.add(Expression.builder()
                    .expression(attribute + " = :" + attribute)
                    .putExpressionValue(":" + attribute, AttributeValue.fromS(value))
                    .build());
        }
    }

    private static AuditIndex index(AuditQuery query) {
        if (query.requestId() != null) {
            return AuditIndex.REQUEST;
        }
        if (query.userId() != null) {
            return AuditIndex.USER;
        }
        if (query.type() != null) {
            return AuditIndex.TYPE;
        }
        return query.outcome() != null ? AuditIndex.OUTCOME : AuditIndex.TIME;
    }

    private static AuditPlace first(AuditQuery query) {
        Instant from = query.from();
        return AuditPlace.firstOf(from == null ? 0 : Math.max(0, microsNotBefore(from)));
    }

    /** The tighter of the end of time asked for and the place before the cursor. */
    private static AuditPlace last(AuditQuery query) {
        AuditPlace end = END;
        Instant to = query.to();
        if (to != null) {
            end = earlier(end, AuditPlace.firstOf(Math.max(0, microsNotBefore(to))));
        }
        String cursor = query.cursor();
        if (cursor != null) {
            end = earlier(end, AuditCursor.parse(cursor));
        }
        return end.equals(NOWHERE) ? end : end.before(); // no event is at the very first place of 1970
    }

    private static AuditPlace earlier(AuditPlace one, AuditPlace other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The first microsecond that is not before the instant. */
    private static long microsNotBefore(Instant instant) {
        long micros = AuditRecord.micros(instant);
        boolean between = !instant.truncatedTo(ChronoUnit.MICROS).equals(instant);
        return between && micros < Long.MAX_VALUE && micros > Long.MIN_VALUE ? micros + 1 : micros;
    }

    /** What of one of the index's keys it asks for. */
    QueryConditional range(String partition) {
        return QueryConditional.sortBetween(
                from -> from.partitionValue(partition).sortValue(SdkBytes.fromByteArrayUnsafe(first.bytes())),
                to -> to.partitionValue(partition).sortValue(SdkBytes.fromByteArrayUnsafe(last.bytes())));
    }

    /** Whether no event can be found. */
    boolean isEmpty() {
        return first.compareTo(last) > 0;
    }

    /** Leaves out whom it asks for. */
    @Override
    public String toString() {
        return "AuditSearch[" + index + "]";
    }

    long firstPeriod() {
        return AuditKeys.period(first.timestampMicros());
    }

    long lastPeriod() {
        return AuditKeys.period(last.timestampMicros());
    }
}
