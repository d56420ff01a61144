package io.clawsec.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a role may do; the closed list of the contract. */
public enum Permission {
    QUERY_SUBMIT("query:submit"),
    OUTPUT_READ("output:read"),
    POLICY_READ("policy:read"),
    POLICY_MANAGE("policy:manage"),
    MODEL_CONFIGURE("model:configure"),
    AUDIT_READ("audit:read"),
    AUDIT_DELETE("audit:delete"),
    RBAC_MANAGE("rbac:manage"),
    SYSTEM_ADMIN("system:admin"),
    METRICS_READ("metrics:read");

    private static final Map<String, Permission> BY_WIRE_NAME = byWireName();

    private final String wireName;

    Permission(String wireName) {
        this.wireName = wireName;
    }

    /** The name in tokens, in roles.yaml and in answers, such as {@code query:submit}. */
    public String wireName() {
        return wireName;
    }

    /** Finds a permission by its wire name. */
    public static Optional<Permission> of(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    private static Map<String, Permission> byWireName() {
        Map<String, Permission> byWireName = new HashMap<>();
        for (Permission permission : values()) {
            byWireName.put(permission.wireName, permission);
        }
        return byWireName;
    }
}
