package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The error table where no function is reached: unknown paths, wrong methods, and what is not even HTTP. */
@Timeout(60)
class PathErrorsIT {

    private static final String PROMPT = "{\"prompt\":\"" + MARK + "\"}";

    static Stream<ErrorRow> unknownPaths() {
        return Stream.of(
                        "/",
                        "/query/",
                        "//query",
                        "/./query",
                        "/x/../query",
                        "/%2e/query",
                        "/x/%2e%2e/query",
                        "/query;a=b",
                        "/query;",
                        "/;a=b/query",
                        "/%71uery",
                        "/quer%79",
                        "/query%2F",
                        "/query%2f",
                        "/%2Fquery",
                        "/query%3F",
                        "/query%20",
                        "/query.json",
                        "/Query",
                        "/QUERY",
                        "/issueToken",
                        "/issueToken,query",
                        "/query,audit",
                        "/query|audit",
                        "/audit/x",
                        "/audit/export/",
                        "/functions",
                        "/functionRouter",
                        "/actuator",
                        "/actuator/health",
                        "/actuator/env",
                        "/error",
                        "/admin",
                        "/rbac",
                        "/rbac/roles/agent",
                        "/health/live",
                        "/Health",
                        "/metrics/",
                        "/WEB-INF/web.xml",
                        "/META-INF/MANIFEST.MF",
                        "/robots.txt",
                        "/" + MARK,
                        "/%C3%BC",
                        "/" + "a".repeat(8000))
                .flatMap(path ->
                        Stream.of(Ask.get(path), Ask.post(path).as("developer").json(PROMPT)))
                .map(ask -> new ErrorRow(name(ask), ask, 404, "not_found", null));
    }

    static Stream<ErrorRow> wrongMethods() {
        Stream<Ask> posted = Stream.of("/token", "/query", "/guard", "/policy/test")
                .flatMap(path -> Stream.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "QUERY", "post")
                        .map(method -> Ask.of(method, path)));
        Stream<Ask> read = Stream.of(
                        "/audit", "/audit/export", "/policy", "/rbac/roles", "/health", "/health/ready", "/metrics")
                .flatMap(path -> Stream.of("HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "get")
                        .map(method -> Ask.of(method, path)));
        Stream<Ask> odd = Stream.of(
                Ask.of("OPTIONS", "/query").with("Origin", "https://example.com"),
                Ask.of("OPTIONS", "/query").with("Access-Control-Request-Method", "POST"),
                Ask.get("/query?prompt=" + MARK).as("developer"),
                Ask.post("/audit").with("X-HTTP-Method-Override", "GET").as("auditor"),
                Ask.post("/audit?_method=GET").as("auditor"));
        return Stream.of(posted, read, odd)
                .flatMap(asks -> asks)
                .map(ask -> new ErrorRow(name(ask), ask, 405, "method_not_allowed", null)
                        .expecting(
                                "Allow", ask.target().matches("/(token|query|guard|policy/test).*") ? "POST" : "GET"));
    }

    private static String name(Ask ask) {
        String target = ask.target().length() > 60 ? ask.target().substring(0, 60) + "…" : ask.target();
        return ask.method() + " " + target
                + (ask.headers().isEmpty() ? "" : " with " + ask.headers().get(0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unknownPaths", "wrongMethods"})
    void a_path_matches_exactly_and_has_its_own_methods(ErrorRow row) {
        ErrorTable.hold(SharedClawSec.SERVER, row);
    }

    static Stream<ErrorRow> malformed() {
        return Stream.of(
                        raw("a broken escape", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        raw("a space in the path", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        raw("a path above the top", "GET /../query HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        raw("a NUL in the path", "GET /query%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        raw(
                                "an unknown coding",
                                "POST /query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n"),
                        raw("no Host", "GET /health HTTP/1.1\r\n\r\n"),
                        raw("two Hosts", "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                        raw("a Host that is none", "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n"),
                        raw("a method that is none", "G(T /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        raw("an unknown version", "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n"),
                        raw("no version that anybody knows", "GET /health " + MARK + "\r\nHost: localhost\r\n\r\n"),
                        raw(
                                "a header without a colon",
                                "GET /health HTTP/1.1\r\nHost: localhost\r\n" + MARK + "\r\n\r\n"),
                        raw("a header name with a space", "GET /health HTTP/1.1\r\nHost: localhost\r\nA b: c\r\n\r\n"),
                        raw("a control in a header", "GET /health HTTP/1.1\r\nHost: localhost\r\nA: \u0001\r\n\r\n"),
                        raw("a lone line feed", "GET /health HTTP/1.1\r\nHost: localhost\r\nA: b\rc: d\r\n\r\n"),
                        raw(
                                "a length that is none",
                                "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"),
                        raw(
                                "a negative length",
                                "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"),
                        raw(
                                "two lengths",
                                "POST /query HTTP/1.1\r\n"
                                        + "Host: localhost\r\n"
                                        + "Content-Length: 1\r\n"
                                        + "Content-Length: 2\r\n\r\n"
                                        + "ab"),
                        raw(
                                "a header of 20 KB",
                                "GET /health HTTP/1.1\r\nHost: localhost\r\nA: " + MARK.repeat(500) + "\r\n\r\n"),
                        raw(
                                "101 headers",
                                "GET /health HTTP/1.1\r\nHost: localhost\r\n" + ("A: " + MARK + "\r\n").repeat(101)
                                        + "\r\n"),
                        raw("a path of 20 KB", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .map(ask -> new ErrorRow(ask.target(), ask, 400, "malformed_request", null));
    }

    private static Ask raw(String name, String request) {
        return Ask.of("RAW", name).body(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void what_is_no_http_is_told_so_in_problem_details(ErrorRow row) {
        ErrorTable.holds(row, SharedClawSec.SERVER.send(requireNonNull(row.ask().body())));
    }

    /** Where the request line ends before a version, HTTP/0.9 is spoken: a body and no head. */
    @ParameterizedTest
    @ValueSource(strings = {"GET HTTP/1.1", "GET /\u00e9 HTTP/1.1", "GET /a\\b HTTP/1.1", "\u0016\u0003\u0001"})
    void a_request_line_that_names_no_version_is_told_so_without_a_head(String requestLine) throws IOException {
        try (Wire wire = new Wire(SharedClawSec.SERVER.port())) {
            wire.send(requestLine + "\r\nHost: localhost\r\n\r\n");
            assertThat(wire.rest())
                    .matches("(?s)(HTTP/1\\.1 400 .*)?\\{\"type\":\"urn:clawsec:problem:malformed_request\".*}");
        }
    }
}
