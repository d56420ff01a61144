package io.clawsec.cli.demo;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller of one server. */
final class ClawSecClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_ANSWER_BYTES = 4 * 1024 * 1024;

    /** Loopback only, so never through the proxy that the host may have set. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private final URI address;

    ClawSecClient(URI address) {
        this.address = address;
    }

    /** Whether it answers, and says that it is well. */
    boolean isHealthy() throws InterruptedException {
        try {
            Answer answer = send(request("/health").timeout(CONNECT_TIMEOUT).GET());
            return answer.status() == 200 && answer.text("status").equals("ok");
        } catch (IOException e) {
            return false;
        }
    }

    /** Gets a path with a token. */
    Answer get(String path, String token) throws IOException, InterruptedException {
        return send(authorized(request(path), token).GET());
    }

    /** Posts JSON without a token. */
    Answer post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return send(json(request(path), body));
    }

    /** Posts JSON with a token. */
    Answer post(String path, String token, Map<String, String> body) throws IOException, InterruptedException {
        return send(json(authorized(request(path), token), body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(REQUEST_TIMEOUT);
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
        return request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request, Map<String, String> body) {
        return request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        byte[] bytes;
        try (InputStream body = response.body()) {
            bytes = body.readNBytes(MOST_ANSWER_BYTES);
        }
        String requestId = response.headers().firstValue("X-Request-Id").orElse("");
        return new Answer(response.statusCode(), requestId, new String(bytes, StandardCharsets.UTF_8), fields(bytes));
    }

    private static Map<String, @Nullable Object> fields(byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (MalformedJsonException e) {
            return Map.of();
        }
    }
}
