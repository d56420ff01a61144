package io.clawsec.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as the audit keeps it. Prompt and answer text, tokens and keys are never part of it.
 *
 * @param id unique over all time; appending an id a second time is a {@link DuplicateEventException}
 * @param timestamp when, kept to the microsecond
 * @param type what kind of thing
 * @param userId who, as the token's subject; null before authentication
 * @param role in which role; null before authentication
 * @param action what was tried, such as {@code query:submit}
 * @param resource on what, such as {@code /query}
 * @param outcome how it ended
 * @param policyViolations ids of the rules that fired, nothing else of the text
 * @param metadata lengths, counts and names; values are strings, booleans, integers, lists and maps of these
 * @param ipAddress the client's address; null where none is known
 * @param requestId the request; the same value is in the response
 */
public record AuditEvent(
        UUID id,
        Instant timestamp,
        EventType type,
        @Nullable String userId,
        @Nullable String role,
        String action,
        String resource,
        EventOutcome outcome,
        List<String> policyViolations,
        Map<String, Object> metadata,
        @Nullable String ipAddress,
        UUID requestId) {

    public AuditEvent {
        policyViolations = List.copyOf(policyViolations);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Leaves out who and what: the audit itself is the only place that shows them. */
    @Override
    public String toString() {
        return "AuditEvent[" + type.wireName() + ", " + id + "]";
    }
}
