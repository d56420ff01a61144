package io.clawsec.conformance;

import io.clawsec.testkit.ScriptedReply;
import java.util.stream.Stream;

/** How it is, what is in force, and settings; only such as no other row sees. */
final class AdminRows {

    private AdminRows() {}

    static Stream<DoorRow> all() {
        return Stream.of(pages(), changes(), refusals(), trials()).flatMap(rows -> rows);
    }

    private static DoorRow row(String name, int status, String code, Ask ask) {
        return new DoorRow(name, status, code, ask);
    }

    private static Stream<DoorRow> pages() {
        return Stream.of(
                row("the policy", 200, "", Ask.get("/policy").as("auditor")),
                row(
                        "the policy, with a query string",
                        200,
                        "",
                        Ask.get("/policy?a=b&a=c").as("developer")),
                row(
                        "a query string that nobody can read",
                        400,
                        "malformed_request",
                        Ask.get("/policy?%zz").as("auditor")),
                row("the roles", 200, "", Ask.get("/rbac/roles").as("administrator")),
                row("the settings", 200, "", Ask.get("/config").as("administrator")),
                row("how it is", 200, "", Ask.get("/health")).varying("timestamp"),
                row("how it is, with a query string", 200, "", Ask.get("/health?%zz"))
                        .varying("timestamp"),
                row("how it is, for somebody", 200, "", Ask.get("/health").bearer("x"))
                        .varying("timestamp"),
                row("whether it is ready", 200, "", Ask.get("/health/ready")),
                row("metrics", 200, "", Ask.get("/metrics").as("auditor"))
                        .but(Unlike.inBody("each process counts what it did")));
    }

    private static DoorRow patch(String name, int status, String code, String section, String role, String body) {
        return row(
                name,
                status,
                code,
                Ask.of("PATCH", "/config/" + section).as(role).json(body));
    }

    private static Stream<DoorRow> changes() {
        return Stream.of(
                patch("no change", 200, "", "server", "administrator", "{\"updates\":{}}"),
                patch("no other policy", 200, "", "policy", "administrator", "{\"updates\":{\"modes\":{}}}"),
                patch("a change", 200, "", "llm", "administrator", "{\"updates\":{\"max_tokens\":1234}}"),
                patch("taken back", 200, "", "llm", "developer", "{\"updates\":{\"max_tokens\":null}}"),
                patch(
                        "a key",
                        200,
                        "",
                        "llm",
                        "administrator",
                        "{\"updates\":{\"api_key\":\"" + Doors.SAVED_KEY + "\"}}"),
                row("the settings then", 200, "", Ask.get("/config").as("administrator")));
    }

    private static Stream<DoorRow> refusals() {
        Stream<DoorRow> wrong = Stream.of(
                        "{}",
                        "{\"updates\":[]}",
                        "{\"updates\":{},\"version\":-1}",
                        "{\"updates\":{},\"other\":1}",
                        "{\"updates\":{\"model\":7,\"max_tokens\":0,\"x\":1}}",
                        "{\"updates\":{\"api_url\":\"http://169.254.169.254/\"}}",
                        "{\"updates\":{\"api_url\":\"http://10.0.0.1/\"}}",
                        "{\"updates\":{\"api_url\":\"file:///etc/passwd\"}}",
                        "{\"updates\":{\"\\ud83d\\ude00\":1}}")
                .map(body -> patch("wrong: " + body, 422, "invalid_request", "llm", "administrator", body));
        return Stream.concat(
                wrong,
                Stream.of(
                        patch("no JSON", 400, "invalid_json", "llm", "administrator", "{\"updates\":"),
                        patch(
                                "for another version",
                                409,
                                "stale_version",
                                "llm",
                                "administrator",
                                "{\"updates\":{},\"version\":2147483647}"),
                        patch(
                                "what a developer may not change",
                                403,
                                "rbac_denial",
                                "llm",
                                "developer",
                                "{\"updates\":{\"api_key\":\"x\"}}"),
                        patch(
                                "a rule that is none",
                                422,
                                "invalid_request",
                                "policy",
                                "administrator",
                                "{\"updates\":{\"modes\":{\"no-such-rule\":\"off\"}}}"),
                        patch(
                                "an origin that is none",
                                422,
                                "invalid_request",
                                "server",
                                "administrator",
                                "{\"updates\":{\"allowed_origins\":[\"x y\"]}}")));
    }

    private static Stream<DoorRow> trials() {
        Ask trial = Ask.post("/config/test").as("administrator");
        return Stream.of(
                row("a backend that answers", 200, "", trial),
                row("a backend that fails", 200, "", trial).whileBackend(ScriptedReply.status(500)),
                row("a backend that talks nonsense", 200, "", trial).whileBackend(ScriptedReply.malformed()));
    }
}
