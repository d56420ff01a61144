package io.clawsec.model.openai;

import static io.clawsec.model.openai.TestSettings.KEY;
import static io.clawsec.model.openai.TestSettings.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.model.Completion;
import io.clawsec.model.Message;
import io.clawsec.model.Message.Speaker;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import io.clawsec.model.ModelRequest;
import io.clawsec.model.Prompt;
import io.clawsec.testkit.ScriptedModelBackend;
import io.clawsec.testkit.ScriptedReply;
import io.clawsec.testkit.SeenRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenAiModelTest {

    private final ScriptedModelBackend backend = ScriptedModelBackend.start();
    private final OpenAiModel model = TestSettings.model(TestSettings.of(backend.url()));

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void asksInTheProtocolsWordsAndGivesTheAnswer() {
        backend.answer(prompt -> "You said: " + prompt);
        ModelReply reply = model.complete(new ModelRequest(
                "other-model",
                List.of(
                        new Message(Speaker.SYSTEM, new Prompt("Be brief.")),
                        new Message(Speaker.USER, new Prompt("\"H\u00e9llo\"\n\uD83D\uDE00")),
                        new Message(Speaker.ASSISTANT, new Prompt("Yes?")),
                        new Message(Speaker.USER, new Prompt("Bye"))),
                OptionalInt.of(7),
                OptionalDouble.of(0.5)));

        assertThat(reply).isInstanceOfSatisfying(Completed.class, completed -> {
            assertThat(completed.completion()).isEqualTo(new Completion("You said: Bye"));
            assertThat(completed.model()).isEqualTo("other-model");
            assertThat(completed.promptTokens()).isPositive();
            assertThat(completed.completionTokens()).isEqualTo(4);
        });
        SeenRequest seen = backend.lastRequest();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.target()).isEqualTo(URI.create("/v1/chat/completions"));
        assertThat(seen.header("Authorization")).contains("Bearer " + KEY);
        assertThat(seen.header("Content-Type")).contains("application/json");
        assertThat(seen.header("Accept-Encoding")).isEmpty();
        assertThat(seen.header("Upgrade")).as("no HTTP/2 over plain http").isEmpty();
        assertThat(seen.body())
                .isEqualTo(Map.of(
                        "model",
                        "other-model",
                        "max_tokens",
                        7L,
                        "temperature",
                        new BigDecimal("0.5"),
                        "messages",
                        List.of(
                                Map.of("role", "system", "content", "Be brief."),
                                Map.of("role", "user", "content", "\"H\u00e9llo\"\n\uD83D\uDE00"),
                                Map.of("role", "assistant", "content", "Yes?"),
                                Map.of("role", "user", "content", "Bye"))));
    }

    @Test
    void fillsInWhatTheRequestLeavesToIt() {
        OpenAiModel keyless =
                TestSettings.model(TestSettings.impatient(backend.url(), TestSettings.AMPLE, TestSettings.AMPLE));
        assertThat(keyless.complete(asking("Hi"))).isInstanceOf(Completed.class);
        assertThat(backend.lastRequest().header("Authorization")).isEmpty();
        assertThat(backend.lastRequest().body())
                .containsEntry("model", "test-model")
                .containsEntry("max_tokens", 100L)
                .doesNotContainKey("temperature");
        assertThat(keyless.name()).isEqualTo("test-model");
        assertThat(keyless.live()).isTrue();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("drops the connection", ScriptedReply.dropConnection(), Failure.CONNECT),
                Arguments.of("drops it in the answer", ScriptedReply.dropInBody(), Failure.CONNECT),
                Arguments.of("201", ScriptedReply.status(201), Failure.STATUS),
                Arguments.of("400", ScriptedReply.status(400), Failure.STATUS),
                Arguments.of("401", ScriptedReply.status(401), Failure.STATUS),
                Arguments.of("407 without a proxy", ScriptedReply.status(407), Failure.STATUS),
                Arguments.of("429", ScriptedReply.status(429), Failure.STATUS),
                Arguments.of("500", ScriptedReply.status(500), Failure.STATUS),
                Arguments.of("503", ScriptedReply.status(503), Failure.STATUS),
                Arguments.of("an endless error", ScriptedReply.flood(500, Long.MAX_VALUE), Failure.STATUS),
                Arguments.of("too long an answer", ScriptedReply.oversized(Long.MAX_VALUE), Failure.TOO_LARGE),
                Arguments.of(
                        "too long an answer that says so",
                        ScriptedReply.body(" ".repeat(4 * 1024 * 1024 + 1)),
                        Failure.TOO_LARGE),
                Arguments.of("nonsense", ScriptedReply.malformed(), Failure.MALFORMED),
                Arguments.of("nothing", ScriptedReply.body(""), Failure.MALFORMED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aFailingBackendIsAValueAndTheNextCallWorks(String what, ScriptedReply reply, Failure failure) {
        backend.next(reply);
        assertThat(model.complete(asking("Hi"))).isEqualTo(new Failed(failure));
        assertThat(model.complete(asking("Hi"))).isInstanceOf(Completed.class);
        assertThat(backend.requests()).as("nothing is asked twice").hasSize(2);
    }

    @Test
    void stopsReadingAnAnswerThatIsTooLong() {
        backend.always(ScriptedReply.oversized(1L << 30));
        assertThat(model.complete(asking("Hi"))).isEqualTo(new Failed(Failure.TOO_LARGE));
        backend.close();
        assertThat(backend.bytesSent())
                .as("4 MB and what the sockets' buffers hold")
                .isLessThan(64L * 1024 * 1024);
    }

    @Test
    void takesAnAnswerOfExactlyTheBound() {
        String head = "{\"choices\":[{\"message\":{\"content\":\"";
        String tail = "\"}}]}";
        String text = "x".repeat(BoundedAnswer.LONGEST - head.length() - tail.length());
        backend.next(ScriptedReply.body(head + text + tail), ScriptedReply.body(head + text + tail + " "));
        assertThat(model.complete(asking("Hi"))).isInstanceOf(Completed.class);
        assertThat(model.complete(asking("Hi"))).isEqualTo(new Failed(Failure.TOO_LARGE));
    }

    @Test
    void doesNotFollowRedirects() {
        try (ScriptedModelBackend elsewhere = ScriptedModelBackend.start()) {
            backend.always(ScriptedReply.redirect(elsewhere.url()));
            assertThat(model.complete(asking("Hi"))).isEqualTo(new Failed(Failure.STATUS));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aBackendThatIsNotThereIsAFailureToConnect() {
        backend.close();
        assertThat(model.complete(asking("Hi"))).isEqualTo(new Failed(Failure.CONNECT));
        assertThat(TestSettings.model(TestSettings.of(URI.create("http://no-such-host.invalid/v1")))
                        .complete(asking("Hi")))
                .isEqualTo(new Failed(Failure.CONNECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-",
                "\0\0\0\0"
            })
    void aBackendThatDoesNotSpeakHttpIsAFailure(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> answerOnce(server, answer));
            thread.start();
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
            assertThat(TestSettings.model(TestSettings.of(url)).complete(asking("Hi")))
                    .isEqualTo(new Failed(Failure.CONNECT));
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().read(new byte[64 * 1024]);
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // the client hung up first
        }
    }

    @Test
    void serves200CallersAtOnceAndMixesUpNone() throws InterruptedException, ExecutionException {
        backend.answer(prompt -> "Answer to " + prompt);
        ExecutorService callers = Executors.newFixedThreadPool(200);
        try {
            List<Future<ModelReply>> replies = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String prompt = "question " + i;
                replies.add(callers.submit(() -> model.complete(asking(prompt))));
            }
            for (int i = 0; i < replies.size(); i++) {
                ModelReply reply = replies.get(i).get();
                assertThat(reply).isInstanceOf(Completed.class);
                assertThat(((Completed) reply).completion().text()).isEqualTo("Answer to question " + i);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void showsTheKeyNowhere() {
        OpenAiSettings settings = TestSettings.of(URI.create(backend.url() + "?api-key=" + KEY));
        assertThat(settings.toString() + TestSettings.model(settings) + model.complete(asking("Hi")))
                .doesNotContain(KEY)
                .contains("ApiKey[18 characters]");
    }
}
