package io.clawsec.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events for the tests of this package. */
final class Events {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00.000001Z");

    private Events() {}

    static AuditEvent event(int number) {
        return event(number, NOON.plusSeconds(number), "user-" + number, "pii.email", Map.of("prompt_length", (long)
                number));
    }

    static AuditEvent withMetadata(Map<String, Object> metadata) {
        return event(1, NOON, "user", "pii.email", metadata);
    }

    static AuditEvent at(Instant timestamp) {
        return event(1, timestamp, "user", "pii.email", Map.of());
    }

    static AuditEvent ofUser(@Nullable String userId) {
        return event(1, NOON, userId, "pii.email", Map.of());
    }

    static AuditEvent ofRule(String rule) {
        return event(1, NOON, "user", rule, Map.of());
    }

    private static AuditEvent event(
            int number, Instant timestamp, @Nullable String userId, String rule, Map<String, Object> metadata) {
        return new AuditEvent(
                new UUID(1, number),
                timestamp,
                EventType.LLM_QUERY,
                userId,
                "agent",
                "query:submit",
                "/query",
                EventOutcome.ALLOWED,
                List.of(rule),
                metadata,
                "192.0.2.1",
                new UUID(2, number));
    }
}
