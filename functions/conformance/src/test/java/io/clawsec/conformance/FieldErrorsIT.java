package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error table's 422: JSON of the wrong shape and parameters out of range; every bad field is listed. */
@Timeout(60)
class FieldErrorsIT {

    private static final RunningClawSec SERVER = SharedClawSec.SERVER;

    static Stream<Arguments> queries() {
        return Stream.of(
                        wrong("{}", "prompt"),
                        wrong("{\"prompt\":null}", "prompt"),
                        wrong("{\"prompt\":\"\"}", "prompt"),
                        wrong("{\"prompt\":\" \\t\\n\\u3000\\u2003\"}", "prompt"),
                        wrong("{\"prompt\":42}", "prompt"),
                        wrong("{\"prompt\":true}", "prompt"),
                        wrong("{\"prompt\":[\"" + MARK + "\"]}", "prompt"),
                        wrong("{\"prompt\":{\"text\":\"" + MARK + "\"}}", "prompt"),
                        wrong("{\"Prompt\":\"" + MARK + "\"}", "prompt", "Prompt"),
                        wrong("{\"prompt\":\"x\",\"system_prompt\":7}", "system_prompt"),
                        wrong("{\"prompt\":\"x\",\"system_prompt\":[]}", "system_prompt"),
                        wrong("{\"prompt\":\"x\",\"model\":7}", "model"),
                        wrong("{\"prompt\":\"x\",\"model\":\"\"}", "model"),
                        wrong("{\"prompt\":\"x\",\"model\":\"" + MARK + " " + MARK + "\"}", "model"),
                        wrong("{\"prompt\":\"x\",\"model\":\"" + "m".repeat(129) + "\"}", "model"),
                        wrong("{\"prompt\":\"x\",\"model\":\"m\\r\\nX: y\"}", "model"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":0}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":-1}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":1000001}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":4294967297}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":18446744073709551617}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":1.5}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"max_tokens\":\"5\"}", "max_tokens"),
                        wrong("{\"prompt\":\"x\",\"temperature\":-0.1}", "temperature"),
                        wrong("{\"prompt\":\"x\",\"temperature\":2.0001}", "temperature"),
                        wrong("{\"prompt\":\"x\",\"temperature\":1e300}", "temperature"),
                        wrong("{\"prompt\":\"x\",\"temperature\":\"1\"}", "temperature"),
                        wrong("{\"prompt\":\"x\",\"temperature\":false}", "temperature"),
                        wrong("{\"prompt\":\"x\",\"stream\":true}", "stream"),
                        wrong("{\"prompt\":\"x\",\"user_id\":\"" + MARK + "\"}", "user_id"),
                        wrong("{\"prompt\":\"x\",\"__proto__\":{}}", "__proto__"),
                        wrong("{\"prompt\":\"x\",\"\":1}", ""),
                        wrong("{\"prompt\":\"x\",\"\\ud83d\\ude00\":1}", "\ud83d\ude00"),
                        wrong(
                                "{\"prompt\":7,\"system_prompt\":7,\"model\":7,\"max_tokens\":\"7\",\"temperature\":9,"
                                        + "\"messages\":[\"" + MARK + "\"],\"n\":2}",
                                "prompt",
                                "system_prompt",
                                "model",
                                "max_tokens",
                                "temperature",
                                "messages",
                                "n"))
                .map(wrong ->
                        arguments(Ask.post("/query").as("developer").json(wrong.text()), "request_refused", wrong));
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                        wrong("{}", "user_id", "role"),
                        wrong("{\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"alice\"}", "role"),
                        wrong("{\"user_id\":null,\"role\":null}", "user_id", "role"),
                        wrong("{\"user_id\":7,\"role\":[\"agent\"]}", "user_id", "role"),
                        wrong("{\"user_id\":\"\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\" \\u2003\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"" + "a".repeat(257) + "\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"" + "\ud83d\ude00".repeat(257) + "\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"" + MARK + "\\u0000\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"" + MARK + "\\n\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"" + MARK + "\\u007f\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"" + MARK + "\\u0085\",\"role\":\"agent\"}", "user_id"),
                        wrong("{\"user_id\":\"\",\"role\":\"superuser\"}", "user_id"),
                        wrong("{\"user_id\":\"alice\",\"role\":\"agent\",\"admin\":true}", "admin"),
                        wrong("{\"user_id\":\"alice\",\"role\":\"agent\",\"permissions\":[]}", "permissions"),
                        wrong("{\"user_id\":\"alice\",\"role\":\"agent\",\"expires_in\":1}", "expires_in"))
                .map(wrong -> arguments(Ask.post("/token").json(wrong.text()), "token_refused", wrong));
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                        wrong("limit=0", "limit"),
                        wrong("limit=-1", "limit"),
                        wrong("limit=1001", "limit"),
                        wrong("limit=4294967297", "limit"),
                        wrong("limit=99999999999999999999", "limit"),
                        wrong("limit=abc", "limit"),
                        wrong("limit=1e2", "limit"),
                        wrong("limit=1.0", "limit"),
                        wrong("limit=+5", "limit"),
                        wrong("limit=%2B5", "limit"),
                        wrong("limit=0x10", "limit"),
                        wrong("limit=%D9%A1", "limit"),
                        wrong("limit=", "limit"),
                        wrong("limit", "limit"),
                        wrong("limit=1&limit=1", "limit"),
                        wrong("limit=1&%6Cimit=2", "limit"),
                        wrong("limit=1,2", "limit"),
                        wrong("Limit=1", "Limit"),
                        wrong("offset=" + MARK, "offset"),
                        wrong("=1", ""),
                        wrong("cursor=" + MARK, "cursor"),
                        wrong("cursor=AAAA", "cursor"),
                        wrong("cursor=" + "A".repeat(600), "cursor"),
                        wrong("cursor=%27%20OR%201=1--", "cursor"),
                        wrong("event_type=" + MARK, "event_type"),
                        wrong("event_type=LLM_QUERY", "event_type"),
                        wrong("outcome=maybe", "outcome"),
                        wrong("request_id=" + MARK, "request_id"),
                        wrong("request_id=1-1-1-1-1", "request_id"),
                        wrong("user_id=", "user_id"),
                        wrong("user_id=" + "a".repeat(600), "user_id"),
                        wrong("from=yesterday", "from"),
                        wrong("from=2026-01-01", "from"),
                        wrong("from=2026-01-01T00:00:00", "from"),
                        wrong("from=2026-02-30T00:00:00Z", "from"),
                        wrong("from=1767225600", "from"),
                        wrong("to=2026-13-01T00:00:00Z", "to"),
                        wrong("to=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to"),
                        wrong(
                                "limit=0&event_type=x&outcome=x&request_id=x&from=x&to=x&cursor=&q=x",
                                "limit",
                                "event_type",
                                "outcome",
                                "request_id",
                                "from",
                                "to",
                                "cursor",
                                "q"))
                .map(wrong -> arguments(Ask.get("/audit?" + wrong.text()).as("auditor"), "request_refused", wrong));
    }

    private record Wrong(String text, List<String> fields) {}

    private static Wrong wrong(String text, String... fields) {
        return new Wrong(text, List.of(fields));
    }

    private static Arguments arguments(Ask ask, String event, Wrong wrong) {
        String name = ask.target().split("\\?", 2)[0] + " "
                + wrong.text().substring(0, Math.min(80, wrong.text().length()));
        return Arguments.of(new ErrorRow(name, ask, 422, "invalid_request", event), wrong.fields());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"queries", "tokens", "parameters"})
    void every_field_that_is_wrong_is_named(ErrorRow row, List<String> fields) {
        Reply reply = ErrorTable.hold(SERVER, row);
        assertThat(named(reply)).containsExactlyInAnyOrderElementsOf(fields);
    }

    private static List<String> named(Reply reply) {
        List<Map<String, String>> errors = Clone.at(reply.json(), "errors");
        assertThat(errors).allSatisfy(error -> assertThat(error).containsOnlyKeys("field", "message"));
        return errors.stream()
                .map(error -> Objects.requireNonNull(error.get("field")))
                .toList();
    }

    static Stream<ErrorRow> unreadableQueryStrings() {
        return Stream.of("limit=%zz", "limit=%", "limit=%1", "user_id=%ff", "user_id=%C0%80", "a=1&".repeat(65))
                .map(query -> new ErrorRow(
                        query, Ask.get("/audit?" + query).as("auditor"), 400, "malformed_request", "request_refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableQueryStrings")
    void a_query_string_that_nobody_can_read_is_400(ErrorRow row) {
        ErrorTable.hold(SERVER, row);
    }

    @Test
    void errors_are_named_up_to_a_bound_and_so_are_their_names() {
        String many =
                IntStream.range(0, 5000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        Reply listed = SERVER.send(Ask.post("/query").as("developer").json(many));
        assertThat(listed.status()).isEqualTo(422);
        assertThat(named(listed)).hasSize(32);

        String longName = "{\"prompt\":\"x\",\"" + "\ud83d\ude00".repeat(20_000) + "\":1}";
        Reply named = SERVER.send(Ask.post("/query").as("developer").json(longName));
        assertThat(named.status()).isEqualTo(422);
        assertThat(named.body().length).as("bytes of the answer").isLessThan(2000);
        Reply parameter =
                SERVER.send(Ask.get("/audit?" + "x".repeat(4000) + "=1").as("auditor"));
        assertThat(parameter.status()).isEqualTo(422);
        assertThat(parameter.body().length).as("bytes of the answer").isLessThan(2000);
    }
}
