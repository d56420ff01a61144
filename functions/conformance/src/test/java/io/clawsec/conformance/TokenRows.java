package io.clawsec.conformance;

import java.util.stream.Stream;

/** Asking for a token. */
final class TokenRows {

    private static final String AGENT = "\",\"role\":\"agent\"}";

    private TokenRows() {}

    static Stream<DoorRow> all() {
        return Stream.of(given(), wrong(), unknown(), origins()).flatMap(rows -> rows);
    }

    private static DoorRow asked(String name, int status, String code, String json) {
        return new DoorRow(name, status, code, Ask.post("/token").json(json));
    }

    private static Stream<DoorRow> given() {
        Stream<DoorRow> roles = Stream.of("agent", "developer", "auditor", "administrator", Doors.SELDOM)
                .map(role -> asked("a role", 200, "", "{\"user_id\":\"alice\",\"role\":\"" + role + "\"}"));
        Stream<DoorRow> names = Stream.of(
                        "\u05e9\u05dc\u05d5\u05dd",
                        "\ud83d\ude00",
                        "\\ud83d\\ude00",
                        "\u202eabc",
                        "\ufeff",
                        "a b",
                        "a\\\"b\\\\c",
                        "' OR 1=1--",
                        "a".repeat(256),
                        "\ud83d\ude00".repeat(256))
                .map(name -> asked("a name: " + shown(name), 200, "", "{\"user_id\":\"" + name + AGENT));
        return Stream.concat(roles, names).map(row -> row.varying("token"));
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(20, name.length())).replace('\ufeff', '~');
    }

    private static Stream<DoorRow> wrong() {
        Stream<DoorRow> json = Stream.of("", "{", "[]", "user_id=alice&role=agent", "{\"role\":\"a\",\"role\":\"b\"}")
                .map(text -> asked("no JSON: " + text, 400, "invalid_json", text));
        Stream<DoorRow> fields = Stream.of(
                        "{}",
                        "{\"role\":\"agent\"}",
                        "{\"user_id\":\"alice\"}",
                        "{\"user_id\":7,\"role\":[\"agent\"],\"nope\":1}",
                        "{\"user_id\":\"" + AGENT,
                        "{\"user_id\":\" \\u2003" + AGENT,
                        "{\"user_id\":\"" + "a".repeat(257) + AGENT,
                        "{\"user_id\":\"" + "\ud83d\ude00".repeat(257) + AGENT,
                        "{\"user_id\":\"a\\u0000" + AGENT,
                        "{\"user_id\":\"a\\n" + AGENT,
                        "{\"user_id\":\"a\\u0085" + AGENT,
                        "{\"user_id\":\"alice\",\"role\":\"agent\",\"permissions\":[]}")
                .map(text -> asked("wrong: " + shown(text), 422, "invalid_request", text));
        return Stream.concat(json, fields);
    }

    private static Stream<DoorRow> unknown() {
        return Stream.of("", "superuser", "Agent", "agent ", "\u0430gent", "agent\\u0000", "*")
                .map(role -> asked(
                        "the role '" + role + "'",
                        400,
                        "unknown_role",
                        "{\"user_id\":\"alice\",\"role\":\"" + role + "\"}"));
    }

    private static Stream<DoorRow> origins() {
        Ask ask = Ask.post("/token").json("{\"user_id\":\"alice" + AGENT);
        return Stream.of(
                new DoorRow("a listed origin", 200, "", ask.with("Origin", Doors.ORIGIN)).varying("token"),
                new DoorRow(
                        "a foreign origin", 403, "token_issuing_refused", ask.with("Origin", "https://evil.example")),
                new DoorRow("an origin that is none", 403, "token_issuing_refused", ask.with("Origin", "null")),
                new DoorRow(
                        "a foreign origin before the body",
                        403,
                        "token_issuing_refused",
                        Ask.post("/token").body("x").with("Origin", "https://evil.example")));
    }
}
