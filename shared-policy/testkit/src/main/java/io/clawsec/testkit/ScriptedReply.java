package io.clawsec.testkit;

import com.sun.net.httpserver.HttpExchange;
import io.clawsec.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** How a {@link ScriptedModelBackend} treats one request: well, badly, or not at all. */
public final class ScriptedReply {

    private static final Duration LONGEST_STALL = Duration.ofMinutes(1);
    private static final int BLOCK = 16 * 1024;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Script script;

    private ScriptedReply(Script script) {
        this.script = script;
    }

    @FunctionalInterface
    private interface Script {
        void play(HttpExchange exchange, SeenRequest request, Stage stage) throws IOException, InterruptedException;
    }

    /** What a script needs of its backend: the end of the show, and a count of the bytes that were written. */
    record Stage(CountDownLatch closing, AtomicLong bytesSent) {}

    void play(HttpExchange exchange, SeenRequest request, Stage stage) throws IOException, InterruptedException {
        script.play(exchange, request, stage);
    }

    /** A chat completion that says this. */
    public static ScriptedReply text(String answer) {
        return computed(request -> answer);
    }

    /** A chat completion that says what the function makes of the request. */
    public static ScriptedReply computed(Function<SeenRequest, String> answer) {
        return new ScriptedReply(
                (exchange, request, stage) -> send(exchange, 200, completion(request, answer.apply(request)), stage));
    }

    /** Status 200 with these bytes. */
    public static ScriptedReply body(byte[] bytes) {
        return new ScriptedReply((exchange, request, stage) -> send(exchange, 200, bytes, stage));
    }

    /** Status 200 with this text in UTF-8. */
    public static ScriptedReply body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An error in OpenAI's form with this status. */
    public static ScriptedReply status(int status) {
        byte[] bytes = Json.write(Map.of("error", Map.of("message", "scripted failure", "type", "server_error")));
        return new ScriptedReply((exchange, request, stage) -> send(exchange, status, bytes, stage));
    }

    /** A redirect that keeps the method. */
    public static ScriptedReply redirect(URI target) {
        return new ScriptedReply((exchange, request, stage) -> {
            exchange.getResponseHeaders().set("Location", target.toString());
            send(exchange, 307, new byte[0], stage);
        });
    }

    /** Bytes that are no JSON. */
    public static ScriptedReply malformed() {
        return body("<html>scripted nonsense</html>");
    }

    /** Not a byte, until the backend is closed. */
    public static ScriptedReply stallBeforeHeaders() {
        return new ScriptedReply((exchange, request, stage) -> pause(stage, LONGEST_STALL));
    }

    /** The head of an answer at once, the rest never. */
    public static ScriptedReply stallInBody() {
        return new ScriptedReply((exchange, request, stage) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            pause(stage, LONGEST_STALL);
        });
    }

    /** A chat completion of these words, byte by byte with a pause before each. */
    public static ScriptedReply trickle(String answer, Duration pause) {
        return new ScriptedReply((exchange, request, stage) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (byte each : completion(request, answer)) {
                if (pause(stage, pause)) {
                    return;
                }
                out.write(each);
                out.flush();
                stage.bytesSent().incrementAndGet();
            }
        });
    }

    /** Well-formed JSON of at least so many bytes, of a length that is not told beforehand. */
    public static ScriptedReply oversized(long bytes) {
        return flood(200, bytes);
    }

    /** A status with a body of at least so many bytes, of a length that is not told beforehand. */
    public static ScriptedReply flood(int status, long bytes) {
        byte[] block = " ".repeat(BLOCK).getBytes(StandardCharsets.US_ASCII);
        return new ScriptedReply((exchange, request, stage) -> {
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            for (long sent = 0; sent < bytes && stage.closing().getCount() > 0; sent += block.length) {
                out.write(block);
                stage.bytesSent().addAndGet(block.length);
            }
            out.write("{}".getBytes(StandardCharsets.US_ASCII));
        });
    }

    /** The connection closed without an answer. */
    public static ScriptedReply dropConnection() {
        return new ScriptedReply((exchange, request, stage) -> {});
    }

    /** The connection closed in the middle of an answer. */
    public static ScriptedReply dropInBody() {
        return new ScriptedReply((exchange, request, stage) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"choices\":[".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes, Stage stage) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        stage.bytesSent().addAndGet(bytes.length);
    }

    private static boolean pause(Stage stage, Duration pause) throws InterruptedException {
        return stage.closing().await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static byte[] completion(SeenRequest request, String answer) {
        long read = tokens(Json.write(request.body().get("messages")).length);
        long written = tokens(answer.length());
        return Json.write(Map.of(
                "id",
                "chatcmpl-scripted",
                "object",
                "chat.completion",
                "created",
                0,
                "model",
                request.model(),
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "message",
                        Map.of("role", "assistant", "content", answer),
                        "finish_reason",
                        "stop")),
                "usage",
                Map.of("prompt_tokens", read, "completion_tokens", written, "total_tokens", read + written)));
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }
}
