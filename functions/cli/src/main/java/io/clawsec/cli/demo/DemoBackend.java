package io.clawsec.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model backend that speaks OpenAI's chat completions, says what it is told to say and keeps what it saw. */
final class DemoBackend implements AutoCloseable {

    private static final String PATH = "/v1/chat/completions";
    private static final int MOST_BODY_BYTES = 1024 * 1024;

    /**
     * One call.
     *
     * @param raw the whole body
     * @param prompt the last message's text
     */
    record Seen(String raw, String prompt) {}

    private final HttpServer server;
    private final String key;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile String answer = "";

    private DemoBackend(HttpServer server, String key) {
        this.server = server;
        this.key = key;
    }

    /** Starts one on a free port that takes only calls with the given key. */
    static DemoBackend start(String key) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        DemoBackend backend = new DemoBackend(server, key);
        server.createContext("/", backend::handle);
        server.start();
        return backend;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** What it says from now on. */
    void say(String text) {
        answer = text;
    }

    /** The calls so far, oldest first. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES);
            if (!("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                reply(exchange, 401, Map.of("error", Map.of("message", "wrong key")));
                return;
            }
            seen.add(new Seen(new String(body, StandardCharsets.UTF_8), prompt(body)));
            Map<String, Object> choice = Map.of(
                    "index", 0, "message", Map.of("role", "assistant", "content", answer), "finish_reason", "stop");
            Map<String, Object> usage = Map.of("prompt_tokens", 12, "completion_tokens", 8, "total_tokens", 20);
            reply(
                    exchange,
                    200,
                    Map.of(
                            "id",
                            "chatcmpl-demo",
                            "object",
                            "chat.completion",
                            "created",
                            0,
                            "model",
                            "demo-model",
                            "choices",
                            List.of(choice),
                            "usage",
                            usage));
        }
    }

    private static void reply(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = Json.write(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String prompt(byte[] body) {
        try {
            if (Json.parseObject(body).get("messages") instanceof List<?> messages
                    && !messages.isEmpty()
                    && messages.get(messages.size() - 1) instanceof Map<?, ?> last) {
                return String.valueOf(last.get("content"));
            }
            return "";
        } catch (MalformedJsonException e) {
            return "";
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
