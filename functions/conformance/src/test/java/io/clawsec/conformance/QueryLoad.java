package io.clawsec.conformance;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Callers that submit prompts to a server as fast as it answers, and note the id of each answer that reached them whole. */
final class QueryLoad implements AutoCloseable {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Queue<UUID> answered = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> otherStatuses = new ConcurrentLinkedQueue<>();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private final Semaphore answers = new Semaphore(0);
    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Thread> callers = new ArrayList<>();

    /** A token of the role, from a server in development mode. */
    static String token(ServerProcess server, String user, String role) throws IOException, InterruptedException {
        try (QueryLoad one = new QueryLoad()) {
            HttpResponse<String> response =
                    one.post(server.at("/token"), null, "{\"user_id\":\"" + user + "\",\"role\":\"" + role + "\"}");
            return String.valueOf(object(response).get("token"));
        }
    }

    /** One prompt; the id of the request where it was answered with 200, checked to be the same in header and body. */
    Optional<UUID> ask(ServerProcess server, String token) throws IOException, InterruptedException {
        HttpResponse<String> response =
                post(server.at("/query"), token, "{\"prompt\":\"What is the capital of France?\"}");
        if (response.statusCode() != 200) {
            otherStatuses.add(response.statusCode());
            return Optional.empty();
        }
        String id = String.valueOf(object(response).get("request_id"));
        if (!response.headers().firstValue("x-request-id").orElse("none").equals(id)) {
            throw new AssertionError("header and body name different requests");
        }
        answered.add(UUID.fromString(id));
        answers.release();
        return Optional.of(UUID.fromString(id));
    }

    /** Lets so many threads ask until the server is gone or {@link #end} is called. */
    void begin(int threads, ServerProcess server, String token) {
        for (int i = 0; i < threads; i++) {
            Thread caller = new Thread(() -> askOn(server, token), "load-" + i);
            caller.setDaemon(true);
            callers.add(caller);
            caller.start();
        }
    }

    private void askOn(ServerProcess server, String token) {
        try {
            while (!ending.get()) {
                ask(server, token);
            }
        } catch (IOException e) {
            brokenOff.incrementAndGet(); // the server went away in mid-request: this one got no answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until so many more requests are answered. */
    void awaitAnswers(int count) throws InterruptedException {
        if (!answers.tryAcquire(count, ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not " + count + " answers within " + ANSWER_TIMEOUT);
        }
    }

    /** Waits for the callers. */
    void end() throws InterruptedException {
        ending.set(true);
        for (Thread caller : callers) {
            caller.join(ANSWER_TIMEOUT.toMillis());
            if (caller.isAlive()) {
                throw new AssertionError("a caller still waits for its answer");
            }
        }
    }

    /** Ids of the requests whose answer came, in no order. */
    List<UUID> answered() {
        return List.copyOf(answered);
    }

    /** Statuses of answers other than 200. */
    List<Integer> otherStatuses() {
        return List.copyOf(otherStatuses);
    }

    /** Requests whose connection broke. */
    int brokenOff() {
        return brokenOff.get();
    }

    private HttpResponse<String> post(URI uri, @Nullable String token, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, @Nullable Object> object(HttpResponse<String> response) {
        try {
            return Json.parseObject(response.body());
        } catch (MalformedJsonException e) {
            throw new AssertionError("status " + response.statusCode() + " without a JSON object", e);
        }
    }

    @Override
    public void close() {
        ending.set(true);
        callers.forEach(Thread::interrupt);
    }
}
