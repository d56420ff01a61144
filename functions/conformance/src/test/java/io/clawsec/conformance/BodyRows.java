package io.clawsec.conformance;

import java.util.stream.Stream;

/** Bodies: of which type they say they are, how they are encoded, and how many bytes they have. */
final class BodyRows {

    private static final String PROMPT = "{\"prompt\":\"What is the capital of France?\"}";
    private static final String ASKING = "{\"user_id\":\"alice\",\"role\":\"agent\"}";
    private static final String UPDATES = "{\"updates\":{}}";
    private static final int MOST_BYTES = 1 << 20;

    private BodyRows() {}

    static Stream<DoorRow> all() {
        return Stream.of(accepted(), unsupported(), missing(), sizes(), unread())
                .flatMap(rows -> rows);
    }

    private static Ask query() {
        return Ask.post("/query").as("agent");
    }

    private static Ask typed(String type) {
        return query().with("Content-Type", type).body(PROMPT);
    }

    private static Stream<DoorRow> accepted() {
        Stream<DoorRow> types = Stream.of(
                        "application/json",
                        "Application/JSON",
                        "application/json;charset=utf-8",
                        "application/json; charset=\"UTF-8\"",
                        "application/json; profile=x",
                        "application/json; a=\"b,c\"",
                        "application/json; a=\"b\\\",c\"",
                        "application/json; a=\"b\\\\\"",
                        "application/x-www-form-urlencoded")
                .map(type -> new DoorRow("the type " + type, 200, "", typed(type)));
        return Stream.concat(
                types,
                Stream.of(
                        new DoorRow("no type (on Lambda base64)", 200, "", query().body(PROMPT)),
                        new DoorRow(
                                "the header's name in capitals",
                                200,
                                "",
                                query().with("CONTENT-TYPE", "application/json").body(PROMPT)),
                        new DoorRow(
                                "no encoding but identity",
                                200,
                                "",
                                query().json(PROMPT).with("Content-Encoding", "Identity")),
                        new DoorRow("no type for settings", 200, "", patch().body(UPDATES)),
                        new DoorRow(
                                        "JSON at /token",
                                        200,
                                        "",
                                        Ask.post("/token")
                                                .with("Content-Type", "application/json;charset=UTF-8")
                                                .body(ASKING))
                                .varying("token")));
    }

    private static Ask patch() {
        return Ask.of("PATCH", "/config/llm").as("administrator");
    }

    private static Stream<DoorRow> unsupported() {
        Stream<Ask> types = Stream.of(
                        "text/plain",
                        "text/json",
                        "application/jsonx",
                        "multipart/form-data; boundary=x",
                        "application/json; charset=latin1",
                        "application/json; charset=utf-16",
                        "application/json, text/plain",
                        "application/json,",
                        "application/json; charset=\"utf-8",
                        "*/*",
                        "")
                .map(BodyRows::typed);
        Stream<Ask> encodings = Stream.of("gzip", "identity, gzip", "identity,identity", "")
                .map(encoding -> query().json(PROMPT).with("Content-Encoding", encoding));
        Stream<Ask> others = Stream.of(
                query().json(PROMPT).with("Content-Type", "text/plain"),
                query().json(PROMPT).with("Content-Type", "application/json"),
                typed("application/json;a=b").with("Content-Type", "text/plain"),
                query().json(PROMPT).with("Content-Encoding", "identity").with("Content-Encoding", "identity"),
                query().with("Content-Type", "application/x-www-form-urlencoded")
                        .body("prompt=hello"),
                query().with("Content-Type", "application/x-www-form-urlencoded")
                        .body("[{}]"),
                Ask.post("/token").body(ASKING),
                Ask.post("/token")
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .body(ASKING),
                Ask.post("/token").with("Content-Type", "text/plain").body(ASKING),
                patch().with("Content-Type", "text/yaml").body(UPDATES));
        return Stream.of(types, encodings, others)
                .flatMap(asks -> asks)
                .map(ask -> new DoorRow("typed " + ask.headers(), 415, "unsupported_media_type", ask));
    }

    private static Stream<DoorRow> missing() {
        return Stream.of(
                new DoorRow("no body", 400, "invalid_json", query().with("Content-Type", "application/json")),
                new DoorRow("no body and no type", 400, "invalid_json", query()),
                new DoorRow(
                        "an empty form",
                        415,
                        "unsupported_media_type",
                        query().with("Content-Type", "application/x-www-form-urlencoded")),
                new DoorRow(
                        "half an object as a form",
                        400,
                        "invalid_json",
                        query().with("Content-Type", "application/x-www-form-urlencoded")
                                .body("{\"prompt\":\"x")),
                new DoorRow("no settings", 400, "invalid_json", patch().json("")),
                new DoorRow(
                        "nobody to give a token to",
                        400,
                        "invalid_json",
                        Ask.post("/token").with("Content-Type", "application/json")));
    }

    private static Stream<DoorRow> sizes() {
        String most = padded(PROMPT, MOST_BYTES);
        String over = padded(PROMPT, MOST_BYTES + 1);
        return Stream.of(
                new DoorRow("1 MB", 200, "", query().json(most)),
                new DoorRow("1 MB (on Lambda base64)", 200, "", query().body(most)),
                new DoorRow("a byte over 1 MB", 413, "body_too_large", query().json(over)),
                new DoorRow("a byte over 1 MB (on Lambda base64)", 413, "body_too_large", query().body(over)),
                new DoorRow(
                        "over 1 MB in bytes, not in characters",
                        413,
                        "body_too_large",
                        query().json("\u00e9".repeat(MOST_BYTES / 2 + 1))),
                new DoorRow(
                        "over 1 MB that is not UTF-8",
                        413,
                        "body_too_large",
                        query().with("Content-Type", "application/json").body(new byte[MOST_BYTES + 1])),
                new DoorRow("1 MB for a token", 200, "", Ask.post("/token").json(padded(ASKING, MOST_BYTES)))
                        .varying("token"),
                new DoorRow(
                        "over 1 MB for a token",
                        413,
                        "body_too_large",
                        Ask.post("/token").json(padded(ASKING, MOST_BYTES + 1))),
                new DoorRow(
                        "over 1 MB of settings", 413, "body_too_large", patch().json(padded(UPDATES, MOST_BYTES + 1))),
                new DoorRow(
                        "over 1 MB of a stranger",
                        403,
                        "missing_token",
                        Ask.post("/query").json(over)),
                new DoorRow(
                        "over 1 MB of who may not",
                        403,
                        "rbac_denial",
                        Ask.post("/query").as("auditor").json(over)));
    }

    private static String padded(String json, int bytes) {
        return json + " ".repeat(bytes - json.length());
    }

    private static Stream<DoorRow> unread() {
        return Stream.of(
                new DoorRow(
                        "a body that nobody reads",
                        200,
                        "",
                        Ask.get("/audit?user_id=nobody").as("auditor").json("{")),
                new DoorRow(
                        "a trial with a body that nobody reads",
                        200,
                        "",
                        Ask.post("/config/test").as("administrator").body("x")));
    }
}
