package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The error table's 400 for bodies that are no JSON, and 415 for those that do not even say they are. */
@Timeout(60)
class JsonErrorsIT {

    private static final RunningClawSec SERVER = SharedClawSec.SERVER;

    private static Map<String, byte[]> notJson() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        for (String text : new String[] {
            "",
            " \t\r\n",
            "null",
            "true",
            "42",
            "\"prompt\"",
            "[]",
            "[{\"prompt\":\"x\"}]",
            "prompt=x",
            "{",
            "}",
            "{]",
            "{\"prompt\"}",
            "{\"prompt\":}",
            "{\"prompt\" \"x\"}",
            "{\"prompt\":\"x\"",
            "{\"prompt\":\"x",
            "{\"prompt\":\"x\"}}",
            "{\"prompt\":\"x\"} {}",
            "{\"prompt\":\"x\"} x",
            "{\"prompt\":\"x\",}",
            "{,\"prompt\":\"x\"}",
            "{'prompt':'x'}",
            "{prompt:\"x\"}",
            "{\"prompt\":\"x\"/* why */}",
            "{\"prompt\":\"x\"}// why",
            "#\n{\"prompt\":\"x\"}",
            "{\"prompt\":x}",
            "{\"prompt\":True}",
            "{\"prompt\":undefined}",
            "{\"a\":NaN}",
            "{\"a\":Infinity}",
            "{\"a\":-Infinity}",
            "{\"a\":0x10}",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":1e}",
            "{\"a\":--1}",
            "{\"a\":" + "9".repeat(101) + "}",
            "{\"a\":1e1000}",
            "{\"a\":1e-1000}",
            "{\"a\":1e99999999999}",
            "{\"prompt\":\"a\nb\"}",
            "{\"prompt\":\"a\u0000b\"}",
            "{\"prompt\":\"a\u001fb\"}",
            "{\"prompt\":\"\\x41\"}",
            "{\"prompt\":\"\\u12\"}",
            "{\"prompt\":\"\\u12g4\"}",
            "{\"prompt\":\"\\U0001F600\"}",
            "{\"prompt\":\"\\ud83d\"}",
            "{\"prompt\":\"\\ude00\"}",
            "{\"prompt\":\"\\ude00\\ud83d\"}",
            "{\"prompt\":\"\\ud83d \\ude00\"}",
            "{\"\\ud83d\":1}",
            "{\"prompt\":\"x\",\"prompt\":\"y\"}",
            "{\"prompt\":\"x\",\"\\u0070rompt\":\"y\"}",
            "{\"prompt\":\"x\",\"a\":{\"b\":1,\"b\":2}}",
            "{\"prompt\":\"x\",\"a\":[{\"b\":1,\"b\":2}]}",
            "\ufeff{\"prompt\":\"x\"}"
        }) {
            bodies.put(
                    text.replace('\n', '~')
                            .replace('\u0000', '~')
                            .replace('\u001f', '~')
                            .replace('\t', '~')
                            .replace('\r', '~'),
                    text.getBytes(StandardCharsets.UTF_8));
        }
        for (String bytes :
                new String[] {"ff", "c080", "e282", "eda080", "edb080", "f5808080", "f4908080", "80", "c3"}) {
            bodies.put("bytes " + bytes + " in a string", around(HexFormat.of().parseHex(bytes)));
        }
        bodies.put("UTF-16", "{\"prompt\":\"x\"}".getBytes(UTF_16));
        bodies.put("UTF-16, little-endian", "{\"prompt\":\"x\"}".getBytes(UTF_16LE));
        bodies.put("65 levels", nested("[", 64, "]"));
        bodies.put("65 levels of objects", nested("{\"a\":", 64, "}"));
        bodies.put("100,000 levels", "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        bodies.put("100,000 levels in an object", nested("[", 100_000, "]"));
        bodies.put("100,000 levels of objects", "{\"a\":".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        return bodies;
    }

    private static byte[] around(byte[] bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"prompt\":\"".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(bytes);
        body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static byte[] nested(String open, int levels, String close) {
        String text = "{\"a\":" + open.repeat(levels) + "1" + close.repeat(levels) + "}";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<ErrorRow> bodies() {
        return notJson().entrySet().stream()
                .flatMap(body -> Stream.of(
                        row(
                                "/query: " + body.getKey(),
                                Ask.post("/query").as("developer"),
                                body.getValue(),
                                "request_refused"),
                        row("/token: " + body.getKey(), Ask.post("/token"), body.getValue(), "token_refused")));
    }

    private static ErrorRow row(String name, Ask ask, byte[] body, String event) {
        Ask json = ask.with("Content-Type", "application/json").body(body);
        return new ErrorRow(name, json, 400, "invalid_json", event);
    }

    static Stream<ErrorRow> bodiesOfLenientTypes() {
        Ask ask = Ask.post("/query").as("developer");
        return Stream.of(
                new ErrorRow("no body, no type", ask, 400, "invalid_json", "request_refused"),
                new ErrorRow("no JSON, no type", ask.body(MARK), 400, "invalid_json", "request_refused"),
                new ErrorRow(
                        "a form's type and half an object",
                        ask.with("Content-Type", "application/x-www-form-urlencoded")
                                .body("{\"prompt\":\"" + MARK),
                        400,
                        "invalid_json",
                        "request_refused"),
                new ErrorRow(
                        "chunks of nothing",
                        ask.with("Transfer-Encoding", "chunked").body("0\r\n\r\n"),
                        400,
                        "invalid_json",
                        "request_refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"bodies", "bodiesOfLenientTypes"})
    void a_body_that_is_no_json_object_is_400(ErrorRow row) {
        ErrorTable.hold(SERVER, row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void sixty_four_levels_are_not_too_many(String open) {
        byte[] body = nested(open, 63, open.equals("[") ? "]" : "}");
        Reply reply = SERVER.send(Ask.post("/query").as("developer").body(body));
        assertThat(reply.field("code"))
                .as("it is read, and then of the wrong shape")
                .isEqualTo("invalid_request");
    }

    static Stream<ErrorRow> types() {
        String json = "{\"prompt\":\"" + MARK + "\"}";
        Ask query = Ask.post("/query").as("developer").body(json);
        Ask token = Ask.post("/token").body("{\"user_id\":\"alice\",\"role\":\"agent\"}");
        Stream<Ask> both = Stream.of(
                        "text/plain",
                        "text/json",
                        "application/xml",
                        "application/octet-stream",
                        "application/vnd.api+json",
                        "application/jsonx",
                        "multipart/form-data; boundary=x",
                        "application/json; charset=iso-8859-1",
                        "application/json; charset=utf-16",
                        "application/json;charset=\"latin1\"",
                        "application/json, text/plain",
                        "*/*",
                        MARK)
                .flatMap(type -> Stream.of(query.with("Content-Type", type), token.with("Content-Type", type)));
        Stream<Ask> encoded = Stream.of("gzip", "br", "deflate", "identity, gzip", MARK)
                .flatMap(coding -> Stream.of(query, token)
                        .map(ask -> ask.with("Content-Type", "application/json").with("Content-Encoding", coding)));
        Stream<Ask> twice = Stream.of(query, token)
                .map(ask -> ask.with("Content-Type", "application/json").with("Content-Type", "application/json"));
        Stream<Ask> forms = Stream.of(
                query.body("prompt=" + MARK).with("Content-Type", "application/x-www-form-urlencoded"),
                query.body("[{\"prompt\":1}]").with("Content-Type", "application/x-www-form-urlencoded"),
                token,
                token.with("Content-Type", "application/x-www-form-urlencoded"));
        return Stream.of(both, encoded, twice, forms)
                .flatMap(asks -> asks)
                .map(ask -> new ErrorRow(
                        ask.target() + " " + ask.headers(),
                        ask,
                        415,
                        "unsupported_media_type",
                        ask.target().equals("/token") ? "token_refused" : "request_refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void a_body_that_does_not_say_it_is_json_is_415(ErrorRow row) {
        ErrorTable.hold(SERVER, row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/json; profile=x"
            })
    void json_may_say_so_in_many_ways(String type) {
        Ask ask = Ask.post("/token").with("Content-Type", type).with("Content-Encoding", "identity");
        assertThat(SERVER.send(ask.body("{\"user_id\":\"alice\",\"role\":\"agent\"}"))
                        .status())
                .isEqualTo(200);
    }
}
