package io.clawsec.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A chat-completions backend on a loopback port that answers as it is told and remembers what it was asked.
 *
 * <pre>{@code
 * try (ScriptedModelBackend backend = ScriptedModelBackend.start()) {
 *     backend.answer(prompt -> "You wrote " + prompt.length() + " characters.");
 *     backend.next(ScriptedReply.status(503), ScriptedReply.dropConnection());
 *     ... backend.url() ...
 *     backend.lastRequest().lastUserMessage();
 * }
 * }</pre>
 *
 * <p>Replies given to {@link #next} serve one request each, in order; then the usual reply serves all. Safe for use by
 * many threads.
 */
public final class ScriptedModelBackend implements AutoCloseable {

    private static final String PATH = "/v1/chat/completions";
    private static final int MOST_CONCURRENT = 256;
    private static final int MOST_REMEMBERED = 10_000;
    private static final int BACKLOG = 512;

    static {
        // Without it the server waits 40 ms between headers and body whenever a connection is used again.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final ScriptedReply.Stage stage = new ScriptedReply.Stage(new CountDownLatch(1), new AtomicLong());
    private final Deque<ScriptedReply> script = new ConcurrentLinkedDeque<>();
    private final Deque<SeenRequest> requests = new ArrayDeque<>();
    private volatile ScriptedReply usual = ScriptedReply.text("This is the scripted answer.");

    private ScriptedModelBackend(HttpServer server) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(MOST_CONCURRENT, task -> {
            Thread thread = new Thread(task, "scripted-model-backend");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a backend on a free port of the loopback address. */
    public static ScriptedModelBackend start() {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
            ScriptedModelBackend backend = new ScriptedModelBackend(HttpServer.create(address, BACKLOG));
            backend.server.setExecutor(backend.threads);
            backend.server.createContext("/", backend::handle);
            backend.server.start();
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The full chat-completions URL, as {@code LLM_API_URL} wants it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + PATH);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Answers with this text from now on. */
    public ScriptedModelBackend answer(String text) {
        return always(ScriptedReply.text(text));
    }

    /** Answers from now on with what the function makes of the last user message. */
    public ScriptedModelBackend answer(Function<String, String> ofLastUserMessage) {
        return always(ScriptedReply.computed(request -> ofLastUserMessage.apply(request.lastUserMessage())));
    }

    /** Replies like this from now on. */
    public ScriptedModelBackend always(ScriptedReply reply) {
        usual = reply;
        return this;
    }

    /** Replies to the next requests like these, one each, behind those already waiting. */
    public ScriptedModelBackend next(ScriptedReply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** What it was asked, oldest first; at most the last {@value #MOST_REMEMBERED}. */
    public List<SeenRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** What it was asked last. */
    public SeenRequest lastRequest() {
        synchronized (requests) {
            if (requests.isEmpty()) {
                throw new NoSuchElementException("the backend was not asked anything");
            }
            return requests.getLast();
        }
    }

    /** Forgets what it was asked, and the replies that still wait. */
    public void forget() {
        script.clear();
        synchronized (requests) {
            requests.clear();
        }
    }

    /** How many bytes of bodies it has written; the network may still hold some of them. */
    public long bytesSent() {
        return stage.bytesSent().get();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) { // closing it unanswered drops the connection
            SeenRequest request = SeenRequest.of(exchange);
            synchronized (requests) {
                if (requests.size() == MOST_REMEMBERED) {
                    requests.removeFirst();
                }
                requests.addLast(request);
            }
            ScriptedReply reply = script.pollFirst();
            (reply == null ? usual : reply).play(exchange, request, stage);
        } catch (IOException e) {
            // The caller went away: some scripts are written to make it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops at once; whoever still waits for an answer sees the connection close. */
    @Override
    public void close() {
        stage.closing().countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
