package io.clawsec.conformance;

import io.clawsec.testkit.ScriptedReply;
import java.net.URI;
import java.util.stream.Stream;

/** What is refused for a limit, for a backend, or because something that must be kept cannot be. */
final class FailureRows {

    private FailureRows() {}

    static Stream<DoorRow> all() {
        return Stream.of(limits(), backends(), stores()).flatMap(rows -> rows);
    }

    private static Ask question(String role) {
        return Ask.post("/query").as(role).json("{\"prompt\":\"What is the capital of France?\"}");
    }

    private static Stream<DoorRow> limits() {
        return Stream.of(
                new DoorRow("the first of an hour", 200, "", question(Doors.SELDOM))
                        .expecting("RateLimit-Limit", "1")
                        .expecting("RateLimit-Remaining", "0"),
                new DoorRow("the second of an hour", 429, "rate_limited", question(Doors.SELDOM))
                        .after(question(Doors.SELDOM))
                        .expecting("RateLimit-Limit", "1")
                        .expecting("RateLimit-Remaining", "0"));
    }

    private static Stream<DoorRow> backends() {
        Stream<DoorRow> failed = Stream.of(
                        ScriptedReply.status(400),
                        ScriptedReply.status(401),
                        ScriptedReply.status(500),
                        ScriptedReply.malformed(),
                        ScriptedReply.body("{\"choices\":[]}"),
                        ScriptedReply.redirect(URI.create("http://127.0.0.1:1/")),
                        ScriptedReply.oversized(5 << 20),
                        ScriptedReply.dropConnection(),
                        ScriptedReply.dropInBody())
                .map(reply -> new DoorRow("a backend that fails", 502, "upstream_failed", question("agent"))
                        .whileBackend(reply)
                        .expecting("RateLimit-Remaining", "99"));
        return Stream.concat(
                failed,
                Stream.of(
                        new DoorRow("a backend that is silent", 504, "upstream_timeout", question("agent"))
                                .whileBackend(ScriptedReply.stallBeforeHeaders())
                                .expecting("RateLimit-Remaining", "99"),
                        new DoorRow("an answer that nobody can judge", 503, "guard_unavailable", question("agent"))
                                .whileBackend(ScriptedReply.text("a@b.co ".repeat(250_000)))));
    }

    private static Stream<DoorRow> stores() {
        Ask patch = Ask.of("PATCH", "/config/llm").as("administrator").json("{\"updates\":{\"max_tokens\":7}}");
        Stream<DoorRow> unaudited = Stream.of(
                        question("agent"),
                        question("auditor"),
                        Ask.post("/query"),
                        Ask.post("/query").as("agent").json("{"),
                        Ask.post("/query").bearer("x"),
                        Ask.post("/token").json("{\"user_id\":\"alice\",\"role\":\"agent\"}"),
                        Ask.get("/audit").as("auditor"),
                        Ask.get("/audit/export").as("auditor"),
                        Ask.get("/policy").as("agent"),
                        patch)
                .map(ask ->
                        new DoorRow("no event can be kept", 503, "audit_unavailable", ask).whileBroken("audit_events"));
        return Stream.concat(
                unaudited,
                Stream.of(
                        new DoorRow("no limit can be kept", 503, "limits_unavailable", question("agent"))
                                .whileBroken("usage_reservations"),
                        new DoorRow("no setting can be kept", 503, "settings_unavailable", patch)
                                .whileBroken("settings_sections")));
    }
}
