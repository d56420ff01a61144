package io.clawsec.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Lambda runtime API (version 2018-06-01) as a runtime client sees it: hands out one event after another and takes
 * responses and errors. On several connections, for the client reports errors on one of their own.
 */
final class FakeRuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or each event waits for a delayed acknowledgement
    }

    /** One event and what becomes of it. */
    private record Invocation(String id, byte[] event, CompletableFuture<byte[]> response) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final List<String> invocationErrors = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> initError = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    FakeRuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(BASE + "invocation/next", this::next);
        server.createContext(BASE + "invocation/", this::take);
        server.createContext(BASE + "init/error", exchange -> {
            initError.complete(text(exchange));
            answer(exchange, 202, new byte[0]);
        });
        server.start();
    }

    /** What {@code AWS_LAMBDA_RUNTIME_API} says. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has the runtime answer an event. */
    byte[] invoke(byte[] event) {
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
        running.put(invocation.id(), invocation);
        waiting.add(invocation);
        return await(CompletableFuture.anyOf(
                                invocation.response(),
                                initError.thenApply(error -> {
                                    throw new AssertionError("the function did not start: " + error);
                                }),
                                end.thenApply(how -> {
                                    throw new AssertionError("the runtime has ended: " + how);
                                })))
                        instanceof byte[] bytes
                ? bytes
                : new byte[0];
    }

    /** No event will be answered any more, and nobody has to wait. */
    void ended(String how) {
        end.complete(how);
    }

    /** What the runtime says about a function that cannot start. */
    String awaitInitError() {
        return await(initError);
    }

    /** Everything that was reported as an invocation's error. */
    List<String> invocationErrors() {
        return invocationErrors;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the runtime did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted", e);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            Invocation invocation = waiting.take();
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            exchange.getResponseHeaders().set("Content-Type", "application/json"); // without it the client crashes
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:test");
            answer(exchange, 200, invocation.event());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
            exchange.close();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(BASE.length()).split("/", -1);
        Invocation invocation = running.remove(path[1]);
        if (invocation == null) {
            answer(exchange, 400, new byte[0]);
        } else if (path[2].equals("response")) {
            byte[] response = exchange.getRequestBody().readAllBytes();
            answer(exchange, 202, new byte[0]);
            invocation.response().complete(response);
        } else {
            String error = text(exchange);
            answer(exchange, 202, new byte[0]);
            invocationErrors.add(error);
            invocation.response().completeExceptionally(new AssertionError("an invocation error: " + error));
        }
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
