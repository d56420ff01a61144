package io.clawsec.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands before DynamoDB Local, and on demand answers writes to a table as AWS answers who may not write. */
final class RefusingProxy implements AutoCloseable {

    private static final int THREADS = 32;
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    /** All that the engine looks at. */
    private static final List<String> HANDED_ON =
            List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date", "Amz-Sdk-Invocation-Id");

    private static final List<String> HANDED_BACK = List.of("Content-Type", "X-Amz-Crc32", "X-Amzn-Requestid");

    private static final byte[] REFUSAL = ("{\"__type\":\"com.amazon.coral.service#AccessDeniedException\","
                    + "\"Message\":\"no identity-based policy allows this\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI engine;
    private volatile @Nullable String refused;

    private RefusingProxy(URI engine, HttpServer server) {
        this.engine = engine;
        this.server = server;
    }

    static RefusingProxy before(URI engine) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or answers wait for a delayed acknowledgement
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RefusingProxy proxy = new RefusingProxy(engine, server);
        server.setExecutor(proxy.threads);
        server.createContext("/", proxy::exchange);
        server.start();
        return proxy;
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void refuseWrites(String table) {
        refused = table;
    }

    void allowWrites() {
        refused = null;
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) { // closing it unanswered drops the connection
            byte[] request = exchange.getRequestBody().readAllBytes();
            String operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String table = refused;
            if (table != null && writes(operation, new String(request, StandardCharsets.UTF_8), table)) {
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
                answer(exchange, 400, REFUSAL);
                return;
            }
            HttpResponse<byte[]> reply = ask(exchange, request);
            for (String name : HANDED_BACK) {
                reply.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
            }
            answer(exchange, reply.statusCode(), reply.body());
        }
    }

    private static boolean writes(String operation, String body, String table) {
        return operation.matches(".*\\.(Put|Update|Delete|TransactWrite|BatchWrite).*")
                && body.contains("\"" + table + "\"");
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(engine).timeout(MOST_WAIT).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : HANDED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the test is over", e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
