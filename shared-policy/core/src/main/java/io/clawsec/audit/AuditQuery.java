package io.clawsec.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events to read, newest first; null means any.
 *
 * @param limit how many at most, 1 to {@value #MOST}
 * @param cursor where the page before ended, as its {@link AuditPage#nextCursor}; opaque to callers
 * @param type only this kind
 * @param userId only of this user
 * @param outcome only with this outcome
 * @param requestId only of this request
 * @param from not before this instant
 * @param to before this instant
 */
public record AuditQuery(
        int limit,
        @Nullable String cursor,
        @Nullable EventType type,
        @Nullable String userId,
        @Nullable EventOutcome outcome,
        @Nullable UUID requestId,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** The longest page. */
    public static final int MOST = 1000;

    /** The page length where the caller names none. */
    public static final int DEFAULT_LIMIT = 100;

    public AuditQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page holds 1 to " + MOST + " events");
        }
    }

    /** Leaves out whom it asks for: a user id is shown by the audit only. */
    @Override
    public String toString() {
        return "AuditQuery[" + limit + "]";
    }

    /** The newest events of every kind. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(limit, null, null, null, null, null, null, null);
    }
}
