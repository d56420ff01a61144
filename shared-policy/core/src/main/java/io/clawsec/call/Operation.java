package io.clawsec.call;

import io.clawsec.audit.EventType;

/**
 * What a caller can ask for. The edge's route table says which method and path lead to it; the function that serves it
 * says which permissions it needs.
 */
public enum Operation {
    ISSUE_TOKEN("token:issue", "/token", EventType.TOKEN_REFUSED),
    SUBMIT_QUERY("query:submit", "/query", EventType.LLM_ERROR),
    CALL_GUARD("guard:call", "/guard", EventType.GUARD_CALLED),
    READ_AUDIT("audit:read", "/audit", EventType.AUDIT_READ),
    EXPORT_AUDIT("audit:export", "/audit/export", EventType.AUDIT_EXPORTED),
    READ_POLICY("policy:read", "/policy", EventType.REQUEST_REFUSED),
    TEST_POLICY("policy:test", "/policy/test", EventType.GUARD_CALLED),
    READ_ROLES("rbac:manage", "/rbac/roles", EventType.REQUEST_REFUSED),
    READ_CONFIG("config:read", "/config", EventType.REQUEST_REFUSED),
    CHANGE_LLM_CONFIG("config:change", "/config/llm", EventType.REQUEST_REFUSED),
    CHANGE_POLICY_CONFIG("config:change", "/config/policy", EventType.REQUEST_REFUSED),
    CHANGE_SERVER_CONFIG("config:change", "/config/server", EventType.REQUEST_REFUSED),
    TEST_CONFIG("config:test", "/config/test", EventType.CONFIG_TESTED),
    READ_METRICS("metrics:read", "/metrics", EventType.REQUEST_REFUSED);

    private final String action;
    private final String resource;
    private final EventType failureEvent;

    Operation(String action, String resource, EventType failureEvent) {
        this.action = action;
        this.resource = resource;
        this.failureEvent = failureEvent;
    }

    /** What the audit calls the attempt. */
    public String action() {
        return action;
    }

    /** What the audit says it was tried on. */
    public String resource() {
        return resource;
    }

    /** The audit event of a request that a broken part of the envelope refused. */
    public EventType failureEvent() {
        return failureEvent;
    }
}
