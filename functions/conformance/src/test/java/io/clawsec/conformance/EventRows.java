package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static io.clawsec.conformance.ExpectedEvent.denied;

import io.clawsec.conformance.ExpectedEvent.Of;
import io.clawsec.edge.http.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contract's table of events, for a server that {@link EventsIT} starts: what all routes have in common. What a route
 * has of its own is in {@link RouteEventRows}.
 */
final class EventRows {

    /** The packaged roles, and some that meet their bounds at once. */
    static final String MORE_ROLES = """
              single: {description: Asks once., permissions: ['query:submit', 'output:read'], requests_per_hour: 1}
              choosy: {description: Has a model., permissions: ['query:submit', 'output:read'], allowed_models: [m]}
              blind: {description: Sees no answer., permissions: ['query:submit']}
            """;

    /** What somebody who may use a route has, and somebody who may not; what is asked there. */
    private record Access(Ask ask, String may, List<String> mayNot) {}

    private static final List<Access> BEARER_ROUTES = List.of(
            new Access(query("Hello " + MARK), "developer", List.of("auditor", "blind")),
            new Access(
                    Ask.post("/guard").json("{\"text\":\"" + MARK + "\"}"), "developer", List.of("auditor", "blind")),
            new Access(
                    Ask.post("/policy/test").json("{\"texts\":[\"" + MARK + "\"]}"),
                    "administrator",
                    List.of("agent", "developer", "auditor")),
            new Access(Ask.get("/audit"), "auditor", List.of("agent", "developer")),
            new Access(Ask.get("/audit/export"), "auditor", List.of("agent", "developer")),
            new Access(Ask.get("/policy"), "developer", List.of("agent")),
            new Access(Ask.get("/rbac/roles"), "administrator", List.of("agent", "developer", "auditor")),
            new Access(Ask.get("/config"), "administrator", List.of("developer", "auditor")),
            new Access(patch("llm", "{\"model\":\"m-1\"}"), "administrator", List.of("agent", "auditor")),
            new Access(patch("policy", "{\"max_input_length\":32768}"), "administrator", List.of("developer")),
            new Access(patch("server", "{\"allowed_origins\":[]}"), "administrator", List.of("developer", "auditor")),
            new Access(Ask.post("/config/test"), "administrator", List.of("developer", "auditor")),
            new Access(Ask.get("/metrics"), "auditor", List.of("agent", "developer")));

    private static final Set<String> BAD_TOKENS = Set.of(
            "expired",
            "not valid yet",
            "another issuer",
            "another audience",
            "an ID token",
            "signed with another secret",
            "alg none without a signature",
            "a word",
            "nothing");

    private EventRows() {}

    static Ask query(String prompt) {
        return Ask.post("/query").json("{\"prompt\":\"" + prompt + "\"}");
    }

    static Ask patch(String section, String updates) {
        return Ask.of("PATCH", "/config/" + section).json("{\"updates\":" + updates + "}");
    }

    static EventRow row(String name, Ask ask, String role, int status, ExpectedEvent... events) {
        return new EventRow(name, ask.as(role), role, status, events);
    }

    static EventRow stranger(String name, Ask ask, int status, ExpectedEvent event) {
        return new EventRow(name, ask, null, status, event.naming(Of.NOBODY));
    }

    static ExpectedEvent refused(String code) {
        return denied("request_refused", "code=" + code);
    }

    static Stream<EventRow> all(RunningClawSec server) {
        return Stream.of(access(server), bodies(), silent(), RouteEventRows.all())
                .flatMap(rows -> rows);
    }

    /** Who is not known and who may not, on every route with a token. */
    private static Stream<EventRow> access(RunningClawSec server) {
        return BEARER_ROUTES.stream().flatMap(route -> {
            Ask ask = route.ask();
            ExpectedEvent missing = denied("rbac_denial", "code=missing_token");
            ExpectedEvent unbelieved = denied("auth_failure", "reason");
            ExpectedEvent mayNot = denied("rbac_denial", "code=rbac_denial");
            String user = RunningClawSec.unique("forger");
            String withoutRights = ForgedToken.of(server, route.may())
                    .claim("sub", user)
                    .claim("permissions", List.of(MARK))
                    .text();
            return Stream.of(
                            Stream.of(
                                    stranger("no header", ask, 403, missing),
                                    stranger("Basic", ask.with("Authorization", "Basic " + MARK), 403, missing),
                                    stranger("two tokens", ask.bearer(MARK).bearer(MARK), 401, unbelieved),
                                    new EventRow(
                                                    "rights not claimed",
                                                    ask.bearer(withoutRights),
                                                    route.may(),
                                                    403,
                                                    mayNot)
                                            .of(user)),
                            UnsoundToken.ofSecret(server.secret())
                                    .filter(token -> BAD_TOKENS.contains(token.name()))
                                    .map(token -> stranger(
                                            "a token: " + token.name(),
                                            ask.bearer(token.forge().apply(ForgedToken.of(server, "agent"))),
                                            401,
                                            unbelieved)),
                            route.mayNot().stream().map(role -> row("as " + role, ask, role, 403, mayNot)))
                    .flatMap(rows -> rows);
        });
    }

    /** What is wrong with a request of somebody who may. */
    private static Stream<EventRow> bodies() {
        Stream<EventRow> ofBodies = BEARER_ROUTES.stream()
                .filter(route -> route.ask().body() != null)
                .flatMap(route -> {
                    Ask bare = Ask.of(route.ask().method(), route.ask().target());
                    String role = route.may();
                    return Stream.of(
                            row("no JSON", bare.json("{\"" + MARK), role, 400, refused("invalid_json")),
                            row("no object", bare.json("[]"), role, 400, refused("invalid_json")),
                            row("too large", bare.json("x".repeat(1_100_000)), role, 413, refused("body_too_large")),
                            row(
                                    "of another type",
                                    bare.with("Content-Type", "text/plain").body(MARK),
                                    role,
                                    415,
                                    refused("unsupported_media_type")),
                            row(
                                    "a wrong shape",
                                    bare.json("{\"" + MARK + "\":1}"),
                                    role,
                                    422,
                                    refused("invalid_request")),
                            row(
                                    "a body that breaks",
                                    bare.with("Transfer-Encoding", "chunked").body("zz\r\n" + MARK),
                                    role,
                                    400,
                                    refused("malformed_request")));
                });
        Stream<EventRow> ofQueryStrings = BEARER_ROUTES.stream()
                .filter(route -> !route.ask().target().equals("/metrics"))
                .map(route -> row(
                        "a query string nobody can read",
                        Ask.of(route.ask().method(), route.ask().target() + "?" + MARK + "=%zz"),
                        route.may(),
                        400,
                        refused("malformed_request")));
        return Stream.concat(ofBodies, ofQueryStrings);
    }

    /** What leaves no trace: health, what is not there, and the browser's own question. */
    private static Stream<EventRow> silent() {
        Map<String, String> methods = methods();
        return Stream.of(
                        Stream.of(
                                new EventRow("alive", Ask.get("/health"), null, 200),
                                new EventRow("ready", Ask.get("/health/ready"), null, 200),
                                new EventRow("not ready", Ask.get("/health/ready"), null, 200).refusing("audit_events"),
                                new EventRow("unknown", Ask.get("/" + MARK), null, 404),
                                row("unknown to anybody", Ask.post("/query/").json("{}"), "administrator", 404)),
                        methods.keySet().stream()
                                .map(path -> row("a wrong method", Ask.of("DELETE", path), "administrator", 405)),
                        methods.entrySet().stream()
                                .map(route -> new EventRow(
                                        "a preflight",
                                        Ask.of("OPTIONS", route.getKey())
                                                .with("Origin", "https://a.example")
                                                .with("Access-Control-Request-Method", route.getValue()),
                                        null,
                                        204)))
                .flatMap(rows -> rows);
    }

    /** Every path that there is, with a method that it has. */
    private static Map<String, String> methods() {
        Map<String, String> methods =
                new TreeMap<>(Map.of("/health", "GET", "/health/ready", "GET", "/metrics", "GET"));
        RouteTable.ALL.forEach(route -> methods.put(route.path(), route.method()));
        return methods;
    }
}
