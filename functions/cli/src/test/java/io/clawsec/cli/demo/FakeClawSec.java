package io.clawsec.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers as the contract says for just the questions of the demonstration, except for the faults that it is given. */
final class FakeClawSec implements PrivateServer {

    private final HttpServer server;
    private final URI modelUrl;
    private final String modelKey;
    private final Set<Fault> faults;
    private final List<Map<String, Object>> events = Collections.synchronizedList(new ArrayList<>());

    private FakeClawSec(HttpServer server, URI modelUrl, String modelKey, Set<Fault> faults) {
        this.server = server;
        this.modelUrl = modelUrl;
        this.modelKey = modelKey;
        this.faults = faults;
    }

    static FakeClawSec start(int port, URI modelUrl, String modelKey, Set<Fault> faults) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        FakeClawSec fake = new FakeClawSec(server, modelUrl, modelKey, faults);
        server.createContext("/health", exchange -> reply(exchange, 200, "", Map.of("status", "ok")));
        server.createContext("/token", fake::token);
        server.createContext("/query", fake::query);
        server.createContext("/audit", fake::audit);
        server.start();
        return fake;
    }

    private void token(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        Map<String, @Nullable Object> body = body(exchange);
        if (faults.contains(Fault.REFUSES_TOKENS) && "auditor".equals(body.get("role"))) {
            reply(exchange, 500, requestId, Map.of());
            return;
        }
        record(requestId, "token_issued", Answer.text(body, "user_id"), "allowed", "");
        // The fake's token is the role itself.
        reply(
                exchange,
                200,
                requestId,
                Map.of("token", Answer.text(body, "role"), "permissions", List.of("query:submit")));
    }

    private void query(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        String prompt = Answer.text(body(exchange), "prompt");
        boolean auditor = "Bearer auditor".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (auditor && !faults.contains(Fault.LETS_AUDITORS_ASK)) {
            if (!faults.contains(Fault.FORGETS_DENIALS)) {
                record(requestId, "rbac_denial", "demo-auditor", "denied", "");
            }
            reply(exchange, 403, requestId, Map.of("code", "rbac_denial"));
            return;
        }
        String rule = blockingRule(prompt);
        if (!rule.isEmpty()) {
            block(exchange, requestId, prompt, rule);
            return;
        }
        String redacted = faults.contains(Fault.FORWARDS_PERSONAL_DATA)
                ? prompt
                : prompt.replaceAll("\\S+@\\S+\\.com", "[EMAIL-REDACTED]")
                        .replaceAll("\\d{3}-\\d\\d-\\d{4}", "[SSN-REDACTED]");
        String answer = faults.contains(Fault.ANSWERS_WITHOUT_THE_MODEL)
                ? "The capital of France is Paris."
                : askModel(redacted);
        if (!faults.contains(Fault.DELIVERS_SECRETS)) {
            answer = answer.replaceAll("sk-\\w+", "[SECRET-REDACTED]");
        }
        if (faults.contains(Fault.CHANGES_THE_ANSWER)) {
            answer += " Really.";
        }
        record(requestId, "llm_query", "demo-agent", "allowed", prompt);
        if (!redacted.equals(prompt)) {
            record(requestId, "pii_redacted", "demo-agent", "allowed", "");
        }
        reply(exchange, 200, requestId, Map.of("response", answer));
    }

    private String blockingRule(String prompt) {
        if (prompt.startsWith("Ignore all previous")) {
            return faults.contains(Fault.LETS_INJECTIONS_PASS) ? "" : "injection.fake";
        }
        return prompt.contains("api_key=") ? "secret.fake" : "";
    }

    private void block(HttpExchange exchange, String requestId, String prompt, String rule) throws IOException {
        if (faults.contains(Fault.ASKS_THE_MODEL_BEFORE_BLOCKING) && rule.startsWith("secret")) {
            askModel(prompt);
        }
        record(requestId, "policy_violation", "demo-agent", "denied", "", rule);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("violations", faults.contains(Fault.NAMES_NO_RULES) ? List.of() : List.of(Map.of("rule", rule)));
        body.put("detail", faults.contains(Fault.REPEATS_THE_SECRET) ? prompt : "Blocked.");
        reply(exchange, 400, requestId, body);
    }

    private void audit(HttpExchange exchange) throws IOException {
        if (faults.contains(Fault.REFUSES_THE_AUDIT)) {
            reply(exchange, 503, UUID.randomUUID().toString(), Map.of("code", "audit_unavailable"));
            return;
        }
        List<Map<String, Object>> newestFirst = new ArrayList<>(events);
        Collections.reverse(newestFirst);
        reply(exchange, 200, UUID.randomUUID().toString(), Map.of("events", newestFirst, "count", newestFirst.size()));
    }

    private void record(String requestId, String type, String userId, String outcome, String prompt, String... rules) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("timestamp", Instant.now().toString());
        event.put("event_type", type);
        event.put("user_id", userId);
        event.put("outcome", outcome);
        event.put("request_id", requestId);
        event.put("policy_violations", List.of(rules));
        event.put("metadata", faults.contains(Fault.RECORDS_PROMPTS) ? Map.of("prompt", prompt) : Map.of());
        events.add(event);
    }

    private String askModel(String prompt) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(modelUrl)
                .header("Authorization", "Bearer " + modelKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(Map.of("messages", List.of(Map.of("role", "user", "content", prompt))))))
                .build();
        try {
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 200
                    && Json.parseObject(response.body()).get("choices") instanceof List<?> choices
                    && choices.get(0) instanceof Map<?, ?> choice
                    && choice.get("message") instanceof Map<?, ?> message) {
                return String.valueOf(message.get("content"));
            }
            throw new IOException("the backend answered with status " + response.statusCode());
        } catch (InterruptedException | MalformedJsonException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, @Nullable Object> body(HttpExchange exchange) throws IOException {
        try {
            return Json.parseObject(exchange.getRequestBody().readAllBytes());
        } catch (MalformedJsonException e) {
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, String requestId, Map<String, ?> body)
            throws IOException {
        try (exchange) {
            byte[] bytes = Json.write(body);
            exchange.getResponseHeaders().set("X-Request-Id", requestId);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public boolean ending() {
        return false;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
