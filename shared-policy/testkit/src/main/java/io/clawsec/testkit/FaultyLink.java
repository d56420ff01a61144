package io.clawsec.testkit;

import io.clawsec.testkit.LinkState.Act;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy between a service and its store that does to connections what a test says, at once or at a moment that the
 * bytes themselves tell of.
 *
 * <pre>{@code
 * try (FaultyLink link = FaultyLink.to(store, () -> bytes -> isCommit(bytes))) {
 *     ... a service that talks to 127.0.0.1, link.port() ...
 *     link.delay(Duration.ofMillis(200), Duration.ZERO);
 *     link.resetInMidCommit().await(10, TimeUnit.SECONDS);
 * }
 * }</pre>
 *
 * <p>Bytes that are read at once are delayed at once, each such read by itself. Safe for use by many threads.
 */
public final class FaultyLink implements AutoCloseable {

    /** Below the ports that systems give to clients, so that none has this one's while it refuses. */
    private static final int LOWEST_PORT = 20_000;

    private static final int PORTS = 12_000;
    private static final int MOST_PORTS_TRIED = 100;
    private static final int BACKLOG = 128;
    private static final int MOST_CONNECTING_MILLIS = 2_000;
    private static final long MOST_ENDING_MILLIS = 5_000;

    private final InetSocketAddress target;
    private final Supplier<Predicate<byte[]>> commits;
    private final LinkState state = new LinkState();
    private final int port;
    private final Object lock = new Object();
    private final List<LinkedSockets> connections = new ArrayList<>();
    private @Nullable ServerSocket listener;
    private @Nullable Thread accepting;
    private boolean closed;

    private volatile boolean http;

    private FaultyLink(InetSocketAddress target, Supplier<Predicate<byte[]>> commits, int port) {
        this.target = target;
        this.commits = commits;
        this.port = port;
    }

    /**
     * Opens a link to a store.
     *
     * @param commits gives each connection what tells, of bytes that go to the store, whether a commit is among them; it
     *     sees all of the connection's bytes in their order
     */
    public static FaultyLink to(InetSocketAddress store, Supplier<Predicate<byte[]>> commits) {
        for (int i = 1; ; i++) {
            try {
                ServerSocket first =
                        listen(LOWEST_PORT + ThreadLocalRandom.current().nextInt(PORTS));
                FaultyLink link = new FaultyLink(store, commits, first.getLocalPort());
                link.serve(first);
                return link;
            } catch (BindException e) {
                if (i == MOST_PORTS_TRIED) {
                    throw new UncheckedIOException(e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A link on which no commit is known. */
    public static FaultyLink to(InetSocketAddress store) {
        return to(store, () -> bytes -> false);
    }

    /** Says that services speak HTTP, before the first connects: requests can then be answered here. */
    public FaultyLink http() {
        http = true;
        return this;
    }

    boolean isHttp() {
        return http;
    }

    /** Answers requests like this from now on, and forwards none; those that are under way are. */
    public void answerHttp(int status, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " Scripted\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        state.answer((head + json).getBytes(StandardCharsets.UTF_8));
    }

    /** Forwards requests again. */
    public void forwardHttp() {
        state.answer(null);
    }

    /** How many requests were answered here. */
    public int answersOfItsOwn() {
        return state.answers();
    }

    /** Where services connect, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Delays what goes each way from now on, and what is held already. */
    public void delay(Duration toStore, Duration toService) {
        state.delay(toStore, toService);
    }

    /** Keeps every byte where it is, until {@link #goOn}. */
    public void stop() {
        state.stop(true);
    }

    /** Lets bytes go on, those first that were kept. */
    public void goOn() {
        state.stop(false);
    }

    /** Drops what the store answers, or no longer does. */
    public void swallowAnswers(boolean swallow) {
        state.swallow(swallow);
    }

    /** Resets every connection now. */
    public void reset() {
        connections().forEach(connection -> connection.end(true));
    }

    /** Resets every connection when bytes were read so many times more, by any of them; the last are lost. */
    public CountDownLatch resetAfter(int reads) {
        Act act = new Act(this::reset, new CountDownLatch(1));
        state.afterReads(reads, act);
        return act.done();
    }

    /** Resets the connection of the next commit, after the store has answered it and before the service hears of it. */
    public CountDownLatch resetInMidCommit() {
        return inMidCommit(() -> {});
    }

    /** Does something in that moment, and then resets the connection. */
    public CountDownLatch inMidCommit(Runnable work) {
        Act act = new Act(work, new CountDownLatch(1));
        state.atCommit(act);
        return act.done();
    }

    /** Resets every connection, and refuses new ones until {@link #accept}. */
    public void refuse() {
        Thread listening;
        try {
            synchronized (lock) {
                listening = accepting;
                if (listener != null) {
                    listener.close();
                    listener = null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitEnd(listening); // a closed socket listens until nobody waits at it any more
        reset();
    }

    private static void awaitEnd(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(MOST_ENDING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes connections again, at the same port. */
    public void accept() {
        try {
            synchronized (lock) {
                if (listener == null && !closed) {
                    serve(listen(port));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true); // connections of before may linger
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private void serve(ServerSocket socket) {
        Thread thread = new Thread(() -> acceptAll(socket), "faulty-link");
        thread.setDaemon(true);
        synchronized (lock) {
            listener = socket;
            accepting = thread;
        }
        thread.start();
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                connect(socket, socket.accept());
            } catch (IOException e) {
                // Closed, or the service was gone at once.
            }
        }
    }

    private void connect(ServerSocket from, Socket service) throws IOException {
        Socket store = new Socket();
        LinkedSockets connection = new LinkedSockets(this, state, service, store, commits.get());
        try {
            store.connect(target, MOST_CONNECTING_MILLIS);
        } catch (IOException e) {
            connection.end(true); // as a host whose store is gone
            return;
        }
        boolean taken;
        synchronized (lock) {
            taken = from.equals(listener);
            if (taken) {
                connections.add(connection);
            }
        }
        if (taken) {
            connection.start();
        } else {
            connection.end(true);
        }
    }

    void forget(LinkedSockets connection) {
        synchronized (lock) {
            connections.remove(connection);
        }
    }

    private List<LinkedSockets> connections() {
        synchronized (lock) {
            return List.copyOf(connections);
        }
    }

    /** Ends every connection and waits for the threads to be over. */
    @Override
    public void close() {
        List<LinkedSockets> left = connections();
        synchronized (lock) {
            closed = true;
        }
        refuse();
        try {
            for (LinkedSockets connection : left) {
                connection.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
