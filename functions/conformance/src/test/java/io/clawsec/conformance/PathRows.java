package io.clawsec.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Paths that are no routes, methods that a route does not have, and headers that name functions. */
final class PathRows {

    private static final String PROMPT = "{\"prompt\":\"x\"}";
    private static final String DECODED = "an HTTP API decodes a path before it routes it";
    private static final String OWN_REFUSAL = "a gateway refuses it itself";
    private static final String SERVER_REFUSAL = "the server refuses it before it is a path";

    private PathRows() {}

    static Stream<DoorRow> all() {
        return Stream.of(nowhere(), decoded(), malformed(), methods(), namingFunctions(), odd())
                .flatMap(rows -> rows);
    }

    private static Stream<DoorRow> nowhere() {
        return Stream.of(
                        "/",
                        "/issueToken",
                        "/issueToken,query",
                        "/query,audit",
                        "/query|audit",
                        "/query%7Caudit",
                        "/query%2Caudit",
                        "/audit/x",
                        "/query/",
                        "//query",
                        "/./query",
                        "/x/../query",
                        "/%2e/query",
                        "/query;a=b",
                        "/query;",
                        "/;a=b/query",
                        "/query%3Ba=b",
                        "/query%2F",
                        "/query%2f",
                        "/%2Fquery",
                        "/query%5C",
                        "/%5cquery",
                        "/query%20",
                        "/query%0A",
                        "/query%25",
                        "/query+",
                        "/query.json",
                        "/Query",
                        "/QUERY",
                        "/admin",
                        "/httpApi",
                        "/httpApi,query",
                        "/functionRouter",
                        "/RoutingFunction",
                        "/functions",
                        "/actuator",
                        "/actuator/functions",
                        "/actuator/env",
                        "/error",
                        "/rbac",
                        "/config/other",
                        "/config/llm/",
                        "/health/live",
                        "/metrics/",
                        "/WEB-INF/web.xml",
                        "/2018-06-01/runtime/invocation/next",
                        "/%C3%BC",
                        "/%E2%80%AEyreuq",
                        "/\"<>[]^`{|}",
                        "/" + "a".repeat(4000))
                .map(path -> path.contains("query") ? Ask.post(path).as("agent").json(PROMPT) : Ask.get(path))
                .map(ask -> new DoorRow("no route", 404, "not_found", ask));
    }

    /** The one difference that the Lambda door cannot mend: what the gateway decoded, nobody can see any more. */
    private static Stream<DoorRow> decoded() {
        return Stream.of("/%71uery", "/quer%79", "/%71%75%65%72%79")
                .map(path -> new DoorRow(
                                "an escaped letter",
                                404,
                                "not_found",
                                Ask.post(path).as("agent").json(PROMPT))
                        .but(Unlike.onLambda(200, "", DECODED)));
    }

    private static Stream<DoorRow> malformed() {
        Stream<DoorRow> paths = Stream.of("/../query", "/%2e%2e/query", "/query%00")
                .map(path -> new DoorRow("no path", 400, "malformed_request", Ask.get(path))
                        .but(Unlike.onLambda(404, "not_found", SERVER_REFUSAL)));
        Stream<DoorRow> unknown =
                Stream.of(new DoorRow("an escaped question mark", 404, "not_found", Ask.get("/query%3Fa=b"))
                        .but(Unlike.notOnLambda("what an HTTP API makes of it is not documented")));
        Stream<DoorRow> rest = Stream.of(
                        Ask.get("/%zz"),
                        Ask.get("/query%"),
                        Ask.get("/a b"),
                        Ask.get("/query#x"),
                        Ask.of("G(T", "/health"),
                        Ask.get("/health").with("Host", "a").with("Host", "b"),
                        Ask.get("/health").with("Host", "a b"),
                        Ask.get("/health").with("A b", "c"),
                        Ask.get("/health").with("A", "\u0001"),
                        Ask.get("/health").with("A", "x".repeat(20_000)),
                        Ask.get("/" + "a".repeat(20_000)),
                        Ask.post("/query").with("Content-Length", "-1"),
                        Ask.post("/query").with("Transfer-Encoding", "x"))
                .map(ask -> new DoorRow(
                                "no HTTP" + (ask.headers().isEmpty() ? "" : ": " + start(ask)),
                                400,
                                "malformed_request",
                                ask)
                        .but(Unlike.notOnLambda(OWN_REFUSAL)));
        return Stream.of(paths, unknown, rest).flatMap(rows -> rows);
    }

    private static String start(Ask ask) {
        String header = ask.headers().get(0);
        return header.substring(0, Math.min(20, header.length())).replace('\u0001', '~');
    }

    private static Stream<DoorRow> methods() {
        Stream<DoorRow> posted = Stream.of("/token", "/query", "/guard", "/policy/test", "/config/test")
                .flatMap(path -> wrong(
                        path, "POST", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "post"));
        Stream<DoorRow> read = Stream.of("/audit", "/audit/export", "/policy", "/rbac/roles", "/config")
                .flatMap(path -> wrong(path, "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"));
        Stream<DoorRow> own = Stream.of("/health", "/health/ready", "/metrics")
                .flatMap(path -> wrong(path, "GET", "HEAD", "POST", "TRACE"));
        Stream<DoorRow> patched = Stream.of("/config/llm", "/config/policy", "/config/server")
                .flatMap(path -> wrong(path, "PATCH", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"));
        Stream<DoorRow> overridden = Stream.of(
                        Ask.post("/audit").with("X-HTTP-Method-Override", "GET").as("auditor"),
                        Ask.post("/audit?_method=GET").as("auditor"))
                .map(ask -> new DoorRow("another method asked for", 405, "method_not_allowed", ask));
        return Stream.of(posted, read, own, patched, overridden).flatMap(rows -> rows);
    }

    private static Stream<DoorRow> wrong(String path, String allowed, String... methods) {
        return Stream.of(methods)
                .map(method -> new DoorRow("another method", 405, "method_not_allowed", Ask.of(method, path))
                        .expecting("Allow", allowed));
    }

    /** What Spring Cloud Function, or its adapter for Lambda, would take for its own. */
    private static Stream<DoorRow> namingFunctions() {
        Stream<DoorRow> choosing = Stream.of(
                        "spring.cloud.function.definition: audit",
                        "spring.cloud.function.definition: query,audit",
                        "spring.cloud.function.definition: httpApi",
                        "spring.cloud.function.routing-expression: 'audit'",
                        "spring_cloud_function_definition: audit",
                        "SPRING_CLOUD_FUNCTION_DEFINITION: audit",
                        "function.name: audit",
                        "function.definition: audit",
                        "scf-func-name: audit")
                .flatMap(header -> Stream.of(
                        named(header, 200, "", Ask.post("/query").as("agent").json(PROMPT)),
                        named(header, 200, "", Ask.get("/policy").as("auditor")),
                        named(header, 404, "not_found", Ask.post("/issueToken").json(PROMPT)),
                        named(header, 404, "not_found", Ask.post("/").json(PROMPT))));
        Stream<DoorRow> others = Stream.of(
                        "lambda-runtime-aws-request-id: x",
                        "aws-event: x",
                        "aws-api-gateway: x",
                        "aws-context: x",
                        "target-protocol: kafka",
                        "payload: x",
                        "contentType: text/plain",
                        "Accept: text/html",
                        "isBase64Encoded: true",
                        "statusCode: 302",
                        "ce-type: x",
                        "Content-Length-Of: x",
                        "X-HTTP-Method-Override: DELETE",
                        "X-Original-URL: /audit",
                        "X-Rewrite-URL: /audit",
                        "X-Forwarded-Prefix: /x")
                .map(header ->
                        named(header, 200, "", Ask.post("/query").as("agent").json(PROMPT)));
        return Stream.concat(choosing, others);
    }

    private static DoorRow named(String header, int status, String code, Ask ask) {
        int colon = header.indexOf(':');
        Ask with = ask.with(header.substring(0, colon), header.substring(colon + 2));
        return new DoorRow("the header " + header, status, code, with);
    }

    private static Stream<DoorRow> odd() {
        return List.of("/query?", "/query?a=b&a=c", "/query?%zz=%", "/query?x=\"<>[\\]^`{|}").stream()
                .map(target -> Ask.post(target).as("agent").json(PROMPT))
                .map(ask -> ask.target().contains("%zz")
                        ? new DoorRow("a query string that nobody can read", 400, "malformed_request", ask)
                        : new DoorRow("a query string that nobody reads", 200, "", ask));
    }
}
