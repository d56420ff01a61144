package io.clawsec.conformance;

import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Who asks: nobody, somebody with a token that nobody believes, somebody who may not, a page of another origin. */
final class CallerRows {

    private static final String FOREIGN = "https://evil.example";

    /** Each route that needs a token, and a role that it is not enough for. */
    private static final Map<Ask, String> ROUTES = Map.ofEntries(
            Map.entry(Ask.post("/query").json("{\"prompt\":\"x\"}"), "auditor"),
            Map.entry(Ask.post("/guard").json("{\"text\":\"x\"}"), "auditor"),
            Map.entry(Ask.get("/audit"), "agent"),
            Map.entry(Ask.get("/audit/export"), "agent"),
            Map.entry(Ask.get("/policy"), "agent"),
            Map.entry(Ask.post("/policy/test").json("{\"texts\":[\"x\"]}"), "developer"),
            Map.entry(Ask.get("/rbac/roles"), "auditor"),
            Map.entry(Ask.get("/config"), "developer"),
            Map.entry(Ask.of("PATCH", "/config/llm").json("{\"updates\":{}}"), "agent"),
            Map.entry(Ask.of("PATCH", "/config/policy").json("{\"updates\":{}}"), "developer"),
            Map.entry(Ask.of("PATCH", "/config/server").json("{\"updates\":{}}"), "developer"),
            Map.entry(Ask.post("/config/test"), "developer"),
            Map.entry(Ask.get("/metrics"), "agent"));

    private CallerRows() {}

    static Stream<DoorRow> all(GeneratedPair keys) {
        return Stream.of(routes(), unsound(keys), headers(), credentials(), permissions(), origins(), preflights())
                .flatMap(rows -> rows);
    }

    private static Ask plain() {
        return Ask.post("/query").json("{\"prompt\":\"What is the capital of France?\"}");
    }

    private static Stream<DoorRow> routes() {
        return ROUTES.entrySet().stream()
                .flatMap(route -> Stream.of(
                        new DoorRow("nobody", 403, "missing_token", route.getKey()),
                        new DoorRow(
                                "who is not believed",
                                401,
                                "invalid_token",
                                route.getKey().bearer("x")),
                        new DoorRow(
                                "an " + route.getValue(),
                                403,
                                "rbac_denial",
                                route.getKey().as(route.getValue()))));
    }

    /** One after another at the functions that verify. */
    private static Stream<DoorRow> unsound(GeneratedPair keys) {
        List<Ask> asks = List.of(plain(), Ask.get("/audit"), Ask.get("/policy"));
        AtomicInteger number = new AtomicInteger();
        return UnsoundToken.ofKeyPair(keys)
                .map(unsound -> new DoorRow(
                                "a token: " + unsound,
                                401,
                                "invalid_token",
                                asks.get(number.getAndIncrement() % asks.size()).as("agent"))
                        .with((ask, token) -> ask.bearer(unsound.forge().apply(token))));
    }

    private static Stream<DoorRow> headers() {
        return Stream.of(
                        plain().with("Authorization", "Basic dXNlcjpwYXNz"),
                        plain().with("Authorization", "Digest username=\"a,b\", realm=\"c\""),
                        plain().with("Authorization", "Bearers x"),
                        plain().with("Authorization", ""),
                        plain().with("Authorization", "x"),
                        plain().with("Proxy-Authorization", "Bearer x"),
                        plain().with("X-Authorization", "Bearer x"),
                        plain().with("Cookie", "Authorization=Bearer x"),
                        Ask.post("/query?access_token=x").json("{}"))
                .map(ask -> new DoorRow("no token: " + last(ask), 403, "missing_token", ask));
    }

    private static String last(Ask ask) {
        return ask.headers().get(ask.headers().size() - 1);
    }

    private static Stream<DoorRow> credentials() {
        Stream<DoorRow> wrong = Stream.of(
                unbelieved("two headers", (ask, token) -> ask.bearer(token).bearer(token)),
                unbelieved(
                        "a good one before a bad one",
                        (ask, token) -> ask.bearer(token).bearer("x")),
                unbelieved(
                        "a bad one before a good one",
                        (ask, token) -> ask.bearer("x").bearer(token)),
                unbelieved("two in one header", (ask, token) -> ask.bearer(token + ", Bearer " + token)),
                unbelieved("a comma behind it", (ask, token) -> ask.bearer(token + ",")),
                unbelieved(
                        "Basic and Bearer",
                        (ask, token) -> ask.with("Authorization", "Basic eDp5").bearer(token)),
                unbelieved(
                        "Basic and Bearer in one header",
                        (ask, token) -> ask.with("Authorization", "Basic eDp5, Bearer " + token)),
                unbelieved(
                        "an empty header before it",
                        (ask, token) -> ask.with("Authorization", "").bearer(token)),
                unbelieved("no value", (ask, token) -> ask.with("Authorization", "Bearer")),
                unbelieved("a value of spaces", (ask, token) -> ask.with("Authorization", "Bearer   ")),
                unbelieved("a parameter", (ask, token) -> ask.with("Authorization", "Bearer token=" + token)),
                unbelieved("quoted", (ask, token) -> ask.with("Authorization", "Bearer \"" + token + "\"")));
        Stream<DoorRow> right = Stream.of(
                believed("another case", (ask, token) -> ask.with("AUTHORIZATION", "bEARER " + token)),
                believed("more spaces", (ask, token) -> ask.with("Authorization", "Bearer    " + token + "  ")),
                believed(
                        "cookies beside it",
                        (ask, token) ->
                                ask.bearer(token).with("Cookie", "a=b; c=d").with("Cookie", "e=f")));
        return Stream.concat(wrong, right);
    }

    @FunctionalInterface
    private interface Credentials {
        Ask of(Ask ask, String token);
    }

    private static DoorRow unbelieved(String name, Credentials credentials) {
        return new DoorRow("a token sent wrongly: " + name, 401, "invalid_token", plain().as("agent"))
                .with((ask, token) -> credentials.of(ask, token.original()));
    }

    private static DoorRow believed(String name, Credentials credentials) {
        return new DoorRow("a token: " + name, 200, "", plain().as("agent"))
                .with((ask, token) -> credentials.of(ask, token.original()));
    }

    private static Stream<DoorRow> permissions() {
        List<String> all = List.of("query:submit", "output:read", "audit:read", "rbac:manage", "*");
        return Stream.of(
                new DoorRow(
                                "a forged list of permissions",
                                403,
                                "rbac_denial",
                                Ask.get("/audit").as("agent"))
                        .with((ask, token) ->
                                ask.bearer(token.claim("permissions", all).text())),
                new DoorRow("a permission taken away", 403, "rbac_denial", plain().as("agent"))
                        .with((ask, token) -> ask.bearer(token.claim("permissions", List.of("output:read"))
                                .text())),
                new DoorRow(
                        "a system prompt without the right to one",
                        403,
                        "rbac_denial",
                        Ask.post("/query").as("agent").json("{\"prompt\":\"x\",\"system_prompt\":\"y\"}")),
                new DoorRow(
                        "before the parameters",
                        403,
                        "rbac_denial",
                        Ask.get("/audit?limit=%zz").as("agent")),
                new DoorRow(
                        "before the body",
                        403,
                        "rbac_denial",
                        Ask.post("/query").as("auditor").body("x")),
                new DoorRow("another audience beside ours", 200, "", plain().as("agent"))
                        .with((ask, token) -> ask.bearer(
                                token.claim("aud", List.of("other", "clawsec")).text())));
    }

    private static Stream<DoorRow> origins() {
        Ask agent = plain().as("agent");
        return Stream.of(
                new DoorRow("a listed origin", 200, "", agent.with("Origin", Doors.ORIGIN))
                        .expecting("Access-Control-Allow-Origin", Doors.ORIGIN),
                foreign("a foreign origin", agent.with("Origin", FOREIGN)),
                foreign("the origin null", agent.with("Origin", "null")),
                foreign("no origin", agent.with("Origin", "")),
                foreign("an origin with a path", agent.with("Origin", Doors.ORIGIN + "/")),
                foreign("an origin in capitals", agent.with("Origin", "HTTPS://CHAT.EXAMPLE.COM")),
                foreign("a foreign origin first", agent.with("Origin", FOREIGN).with("Origin", Doors.ORIGIN)),
                foreign("two origins in one header", agent.with("Origin", FOREIGN + ", " + Doors.ORIGIN)),
                new DoorRow("two origins, one listed", 200, "", agent.with("Origin", Doors.ORIGIN + ", " + FOREIGN)),
                new DoorRow("an error for a listed origin", 403, "missing_token", plain().with("Origin", Doors.ORIGIN))
                        .expecting("Access-Control-Allow-Origin", Doors.ORIGIN),
                new DoorRow(
                                "nothing for a listed origin",
                                404,
                                "not_found",
                                Ask.get("/x").with("Origin", Doors.ORIGIN))
                        .expecting("Access-Control-Allow-Origin", Doors.ORIGIN));
    }

    private static DoorRow foreign(String name, Ask ask) {
        return new DoorRow(name, 200, "", ask).expecting("Access-Control-Allow-Origin", "");
    }

    private static Stream<DoorRow> preflights() {
        Stream<DoorRow> paths = Stream.concat(
                        Functions.BY_PATH.keySet().stream(), Stream.of("/health", "/health/ready", "/metrics"))
                .flatMap(path -> Stream.of(
                        new DoorRow("a preflight", 204, "", preflight(path, Doors.ORIGIN))
                                .expecting("Access-Control-Allow-Origin", Doors.ORIGIN)
                                .expecting("Access-Control-Allow-Headers", "Authorization, Content-Type"),
                        new DoorRow("a foreign preflight", 204, "", preflight(path, FOREIGN))
                                .expecting("Access-Control-Allow-Origin", "")
                                .expecting("Access-Control-Allow-Methods", "")));
        return Stream.concat(
                paths,
                Stream.of(
                        new DoorRow("a preflight to nowhere", 404, "not_found", preflight("/issueToken", Doors.ORIGIN)),
                        new DoorRow(
                                "no preflight: no method is asked for",
                                405,
                                "method_not_allowed",
                                Ask.of("OPTIONS", "/query").with("Origin", Doors.ORIGIN)),
                        new DoorRow(
                                "no preflight: no origin asks",
                                405,
                                "method_not_allowed",
                                Ask.of("OPTIONS", "/query").with("Access-Control-Request-Method", "POST")),
                        new DoorRow(
                                "no preflight: another method",
                                200,
                                "",
                                plain().as("agent")
                                        .with("Origin", Doors.ORIGIN)
                                        .with("Access-Control-Request-Method", "DELETE"))));
    }

    private static Ask preflight(String path, String origin) {
        return Ask.of("OPTIONS", path)
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization,content-type");
    }
}
