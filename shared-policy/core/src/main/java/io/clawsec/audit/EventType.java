package io.clawsec.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of thing an audit event tells of; the closed list of the contract. */
public enum EventType {
    TOKEN_ISSUED,
    TOKEN_REFUSED,
    TOKEN_REVOKED,
    LLM_QUERY,
    POLICY_VIOLATION,
    RATE_LIMITED,
    LLM_ERROR,
    PII_REDACTED,
    RBAC_DENIAL,
    AUTH_FAILURE,
    REQUEST_REFUSED,
    CONFIG_UPDATED,
    CONFIG_TESTED,
    POLICY_CHANGED,
    AUDIT_READ,
    AUDIT_EXPORTED,
    AUDIT_PURGED,
    SUBJECT_ERASED,
    GUARD_CALLED;

    /** The name on the wire and in the store, such as {@code llm_query}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a type by its wire name. */
    public static Optional<EventType> of(String wireName) {
        return Stream.of(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst();
    }
}
