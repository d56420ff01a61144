package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The error table's 403: nobody known, somebody who may not, and tokens that are not given out. */
@Timeout(60)
class AccessErrorsIT {

    private static final RunningClawSec SERVER = SharedClawSec.SERVER;
    private static final String QUESTION = "{\"prompt\":\"What is the capital of France?\"}";
    private static final String ASKING = "{\"user_id\":\"alice\",\"role\":\"agent\"}";

    /** Every route that needs a token, and what it needs: the contract's table. */
    private static final Map<Ask, List<String>> NEEDED = Map.of(
            Ask.post("/query").json(QUESTION), List.of("query:submit", "output:read"),
            Ask.get("/audit"), List.of("audit:read"),
            Ask.get("/audit/export"), List.of("audit:read"),
            Ask.get("/policy"), List.of("policy:read"),
            Ask.get("/rbac/roles"), List.of("rbac:manage"),
            Ask.get("/metrics"), List.of("metrics:read"));

    private static Map<String, Map<String, Object>> roles() {
        return Clone.at(
                Clone.yaml(Clone.TOP.resolve("shared-policy/core/src/main/resources/policy/roles.yaml")), "roles");
    }

    static Stream<Arguments> everyRoleOnEveryRoute() {
        return roles().entrySet().stream()
                .flatMap(role -> NEEDED.entrySet().stream()
                        .map(route -> Arguments.of(
                                role.getKey(),
                                route.getKey(),
                                Clone.<List<String>>at(role.getValue(), "permissions")
                                        .containsAll(route.getValue()))));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("everyRoleOnEveryRoute")
    void a_role_reaches_what_the_matrix_gives_it_and_nothing_else(String role, Ask ask, boolean permitted) {
        if (permitted) {
            assertThat(SERVER.send(ask.as(role)).status()).isEqualTo(200);
        } else {
            Reply reply = ErrorTable.hold(SERVER, denied(role, ask.as(role)));
            Map<String, ?> event = SERVER.events(reply.header("X-Request-Id")).get(0);
            assertThat(event.get("role")).isEqualTo(role);
            assertThat(event.get("outcome")).isEqualTo("denied");
        }
    }

    static Stream<ErrorRow> permissionsThatDoNotCount() {
        List<String> all = List.of("query:submit", "output:read", "audit:read", "rbac:manage", "metrics:read", "*");
        return NEEDED.keySet().stream()
                .flatMap(ask -> Stream.of(
                        denied(
                                "a forged list on " + ask.target(),
                                ask.bearer(forged(
                                        ask.target().equals("/query") ? "auditor" : "agent",
                                        ask.target().equals("/policy") ? List.of("policy:read") : all))),
                        denied(
                                "a permission taken away on " + ask.target(),
                                ask.bearer(forged("administrator", List.of("policy:manage", "audit:delete"))))));
    }

    private static String forged(String role, List<String> permissions) {
        return ForgedToken.of(SERVER, role).claim("permissions", permissions).text();
    }

    static Stream<ErrorRow> deniedBeforeTheBody() {
        return Stream.of(
                denied("no JSON", Ask.post("/query").as("auditor").body(MARK)),
                denied(
                        "of another type",
                        Ask.post("/query")
                                .as("auditor")
                                .with("Content-Type", MARK)
                                .body("x")),
                denied("too large", Ask.post("/query").as("auditor").json("x".repeat(1_100_000))),
                denied("wrong parameters", Ask.get("/audit?limit=-1").as("agent")),
                denied("a broken query string", Ask.get("/audit?limit=%zz").as("agent")),
                denied(
                        "a system prompt without the right to one",
                        Ask.post("/query")
                                .as("agent")
                                .json("{\"prompt\":\"Hello\",\"system_prompt\":\"" + MARK + "\"}")));
    }

    static Stream<ErrorRow> nobodyKnown() {
        String token = SERVER.token("administrator");
        Ask ask = Ask.post("/query").json(QUESTION);
        Stream<ErrorRow> headers = Stream.of(
                missing("no header", ask),
                missing("Basic", ask.with("Authorization", "Basic YWxpY2U6c2VjcmV0")),
                missing("Digest", ask.with("Authorization", "Digest username=\"alice\"")),
                missing("a token without its scheme", ask.with("Authorization", token)),
                missing("a scheme that begins like ours", ask.with("Authorization", "Bearers " + token)),
                missing("an empty header", ask.with("Authorization", "")),
                missing(
                        "a token in the query string",
                        Ask.post("/query?access_token=" + token).json(QUESTION)),
                missing("a token in a cookie", ask.with("Cookie", "Authorization=Bearer " + token)),
                missing("a token in another header", ask.with("X-Authorization", "Bearer " + token)),
                missing("a token for a proxy", ask.with("Proxy-Authorization", "Bearer " + token)));
        Stream<ErrorRow> routes = NEEDED.keySet().stream().map(route -> missing(route.target(), route));
        Stream<ErrorRow> beforeTheRest = Stream.of(
                missing("no JSON", Ask.post("/query").body(MARK)),
                missing(
                        "of another type",
                        Ask.post("/query").with("Content-Type", "text/plain").body("x")),
                missing("too large", Ask.post("/query").with("Content-Length", "99999999")),
                missing("wrong parameters", Ask.get("/audit?limit=-1")),
                missing("a broken query string", Ask.get("/audit?limit=%zz")));
        return Stream.of(headers, routes, beforeTheRest).flatMap(rows -> rows);
    }

    private static ErrorRow denied(String name, Ask ask) {
        return new ErrorRow(name, ask, 403, "rbac_denial", "rbac_denial");
    }

    private static ErrorRow missing(String name, Ask ask) {
        return new ErrorRow(name, ask, 403, "missing_token", "rbac_denial").expecting("WWW-Authenticate", "Bearer");
    }

    static Stream<ErrorRow> noTokenForThem() {
        Ask ask = Ask.post("/token").json(ASKING);
        String here = "http://localhost:" + SERVER.port();
        return Stream.of(
                        Stream.of(
                                        "attacker.example",
                                        "localhost.attacker.example",
                                        "127.0.0.1.attacker.example",
                                        "attacker.example:" + SERVER.port(),
                                        "localhos",
                                        "0.0.0.0",
                                        "10.0.0.1",
                                        "[::2]",
                                        "")
                                .map(host -> ask.with("Host", host)),
                        Stream.of(
                                        "https://attacker.example",
                                        "null",
                                        "",
                                        "http://localhost:1",
                                        "http://127.0.0.1:" + SERVER.port(),
                                        here + ".attacker.example",
                                        here + "/")
                                .map(origin -> ask.with("Origin", origin)),
                        Stream.of(
                                Ask.post("/token")
                                        .with("Host", "attacker.example")
                                        .body("no JSON, no type"),
                                ask.with("Host", "attacker.example").with("X-Forwarded-Host", "localhost")))
                .flatMap(asks -> asks)
                .map(refused -> new ErrorRow(
                        String.join(", ", refused.headers()), refused, 403, "token_issuing_refused", "token_refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"permissionsThatDoNotCount", "deniedBeforeTheBody", "nobodyKnown", "noTokenForThem"})
    void whoever_may_not_is_403(ErrorRow row) {
        ErrorTable.hold(SERVER, row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "client-credentials", "token-exchange"})
    void outside_development_mode_nobody_gets_a_token_by_asking(String mode) {
        try (RunningClawSec server = RunningClawSec.start(Map.of("CLAWSEC_TOKEN_MODE", mode))) {
            ErrorRow row =
                    new ErrorRow(mode, Ask.post("/token").json(ASKING), 403, "token_issuing_refused", "token_refused");
            ErrorTable.holds(row, server.send(row.ask()));
        }
    }
}
