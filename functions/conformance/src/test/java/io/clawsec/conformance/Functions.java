package io.clawsec.conformance;

import java.util.List;
import java.util.Map;

/** Which function serves which path where each is apart: the contract's table, and not the product's. */
final class Functions {

    static final String ISSUE_TOKEN = "issue-token";
    static final String QUERY = "query";
    static final String AUDIT = "audit";
    static final String ADMIN = "admin";

    /** All of them, by the names of their modules. */
    static final List<String> ALL = List.of(ISSUE_TOKEN, QUERY, AUDIT, ADMIN);

    /** Each path that one function alone serves. */
    static final Map<String, String> BY_PATH = Map.ofEntries(
            Map.entry("/token", ISSUE_TOKEN),
            Map.entry("/query", QUERY),
            Map.entry("/guard", QUERY),
            Map.entry("/audit", AUDIT),
            Map.entry("/audit/export", AUDIT),
            Map.entry("/policy", ADMIN),
            Map.entry("/policy/test", ADMIN),
            Map.entry("/rbac/roles", ADMIN),
            Map.entry("/config", ADMIN),
            Map.entry("/config/llm", ADMIN),
            Map.entry("/config/policy", ADMIN),
            Map.entry("/config/server", ADMIN),
            Map.entry("/config/test", ADMIN));

    private Functions() {}

    /** The functions that must answer for a path: the one that serves it, else each of them, and all alike. */
    static List<String> answering(String path) {
        String one = BY_PATH.get(path);
        return one == null ? ALL : List.of(one);
    }
}
