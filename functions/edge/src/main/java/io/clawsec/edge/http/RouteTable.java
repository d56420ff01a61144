package io.clawsec.edge.http;

import static io.clawsec.edge.http.Route.BodyKind.JSON;
import static io.clawsec.edge.http.Route.BodyKind.JSON_BY_DEFAULT;
import static io.clawsec.edge.http.Route.BodyKind.NONE;

import io.clawsec.call.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one table of what is reachable, the same for every door. */
public final class RouteTable {

    /** Every route that a function serves. */
    public static final List<Route> ALL = List.of(
            new Route("POST", "/token", "issueToken", Operation.ISSUE_TOKEN, JSON),
            new Route("POST", "/query", "query", Operation.SUBMIT_QUERY, JSON_BY_DEFAULT),
            new Route("POST", "/guard", "query", Operation.CALL_GUARD, JSON_BY_DEFAULT),
            new Route("GET", "/audit", "audit", Operation.READ_AUDIT, NONE),
            new Route("GET", "/audit/export", "audit", Operation.EXPORT_AUDIT, NONE),
            new Route("GET", "/policy", "admin", Operation.READ_POLICY, NONE),
            new Route("POST", "/policy/test", "admin", Operation.TEST_POLICY, JSON_BY_DEFAULT),
            new Route("GET", "/rbac/roles", "admin", Operation.READ_ROLES, NONE),
            new Route("GET", "/config", "admin", Operation.READ_CONFIG, NONE),
            new Route("PATCH", "/config/llm", "admin", Operation.CHANGE_LLM_CONFIG, JSON_BY_DEFAULT),
            new Route("PATCH", "/config/policy", "admin", Operation.CHANGE_POLICY_CONFIG, JSON_BY_DEFAULT),
            new Route("PATCH", "/config/server", "admin", Operation.CHANGE_SERVER_CONFIG, JSON_BY_DEFAULT),
            new Route("POST", "/config/test", "admin", Operation.TEST_CONFIG, NONE));

    private final Map<String, Map<String, Route>> byPath = new LinkedHashMap<>();

    /** The routes of the functions that are here. */
    public RouteTable(Set<String> functions) {
        for (Route route : ALL) {
            if (functions.contains(route.function())) {
                byPath.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                        .put(route.method(), route);
            }
        }
    }

    /** The routes of a path by method; empty when there is no such path. */
    public Map<String, Route> at(String rawPath) {
        return byPath.getOrDefault(rawPath, Map.of());
    }
}
