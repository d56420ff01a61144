package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.ScriptedModelBackend;
import io.clawsec.testkit.ScriptedReply;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error table's 502 and 504: a backend that fails in every way it can, and of which nobody hears a word. */
@Timeout(60)
class BackendErrorsIT {

    private static final ScriptedModelBackend BACKEND = ScriptedModelBackend.start();
    private static final RunningClawSec SERVER = RunningClawSec.start(Map.of(
            "LLM_API_URL",
            BACKEND.url().toString(),
            "LLM_API_KEY",
            MARK,
            "LLM_TIMEOUT",
            "1",
            "TRUSTED_PROXIES",
            "127.0.0.1"));
    private static final Ask QUESTION = Ask.post("/query").json("{\"prompt\":\"What is the capital of France?\"}");

    @AfterAll
    static void stop() {
        SERVER.close();
        BACKEND.close();
    }

    static Stream<Arguments> failures() {
        Stream<Arguments> statuses = Stream.of(201, 204, 400, 401, 403, 404, 429, 500, 503, 529)
                .map(status -> Arguments.of("status " + status, ScriptedReply.status(status), "status"));
        Stream<Arguments> bodies = Stream.of(
                        "",
                        MARK,
                        "null",
                        "[]",
                        "{}",
                        "{\"error\":\"" + MARK + "\"}",
                        "{\"choices\":null}",
                        "{\"choices\":[]}",
                        "{\"choices\":[\"" + MARK + "\"]}",
                        "{\"choices\":[{}]}",
                        "{\"choices\":[{\"message\":{}}]}",
                        "{\"choices\":[{\"message\":{\"content\":null}}]}",
                        "{\"choices\":[{\"message\":{\"content\":[\"" + MARK + "\"]}}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"\\ud83d\"}}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"" + MARK + "\"}}],\"choices\":[]}",
                        "{\"choices\":[{\"message\":{\"content\":\"" + MARK + "\"}}]",
                        "{\"a\":" + "[".repeat(100_000))
                .map(body -> Arguments.of(
                        "body " + body.substring(0, Math.min(60, body.length())),
                        ScriptedReply.body(body),
                        "malformed"));
        Stream<Arguments> rest = Stream.of(
                Arguments.of("no text at all", ScriptedReply.malformed(), "malformed"),
                Arguments.of("a redirect", ScriptedReply.redirect(BACKEND.url()), "status"),
                Arguments.of("5 MB", ScriptedReply.oversized(5 << 20), "too_large"),
                Arguments.of("5 MB with an error", ScriptedReply.flood(500, 5 << 20), "status"),
                Arguments.of("a dropped connection", ScriptedReply.dropConnection(), "connect"),
                Arguments.of("a connection dropped in the answer", ScriptedReply.dropInBody(), "connect"));
        return Stream.of(statuses, bodies, rest).flatMap(arguments -> arguments);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void a_backend_that_fails_is_502(String name, ScriptedReply failure, String kind) {
        BACKEND.forget();
        BACKEND.next(failure);
        Reply reply = ErrorTable.hold(
                SERVER, new ErrorRow(name, QUESTION.as("administrator"), 502, "upstream_failed", "llm_error"));
        assertThat(SERVER.events(reply.header("X-Request-Id")).get(0).get("metadata"))
                .asString()
                .contains("kind=" + kind);
        assertThat(BACKEND.requests()).as("asked once, and never again").hasSize(1);
    }

    static Stream<Arguments> delays() {
        return Stream.of(
                Arguments.of("silence", ScriptedReply.stallBeforeHeaders()),
                Arguments.of("silence in the answer", ScriptedReply.stallInBody()),
                Arguments.of("a word at a time", ScriptedReply.trickle("x".repeat(1000), Duration.ofMillis(50))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("delays")
    void a_backend_that_takes_too_long_is_504(String name, ScriptedReply delay) {
        BACKEND.forget();
        BACKEND.next(delay);
        Reply reply =
                ErrorTable.hold(SERVER, new ErrorRow(name, QUESTION.as("agent"), 504, "upstream_timeout", "llm_error"));
        assertThat(reply.all("RateLimit-Remaining"))
                .as("it counts all the same")
                .hasSize(1);
    }

    @Test
    void a_backend_that_is_not_there_is_502() {
        ScriptedModelBackend gone = ScriptedModelBackend.start();
        String url = gone.url().toString();
        gone.close();
        try (RunningClawSec server = RunningClawSec.start(Map.of("LLM_API_URL", url))) {
            ErrorRow row = new ErrorRow("gone", QUESTION.as("agent"), 502, "upstream_failed", "llm_error");
            ErrorTable.holds(row, server.send(row.ask()));
        }
    }

    @Test
    void an_answer_with_more_in_it_than_the_guard_takes_on_is_withheld() {
        String address = "a@b.co ";
        try (ScriptedModelBackend flood = ScriptedModelBackend.start();
                RunningClawSec server =
                        RunningClawSec.start(Map.of("LLM_API_URL", flood.url().toString()))) {
            flood.answer(address.repeat(250_000));
            ErrorRow row = new ErrorRow("flood", QUESTION.as("agent"), 503, "guard_unavailable", "llm_error");
            Reply reply = server.send(row.ask());
            ErrorTable.holds(row, reply);
            assertThat(reply.text()).doesNotContain(address.strip());
        }
    }
}
