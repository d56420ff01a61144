package io.clawsec.model.openai;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.address.RefusedAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A proxy within this process that leads to one backend and nowhere else: for each connection it looks the backend's name
 * up, judges every address found, and connects to one of just these.
 *
 * <p>It listens on a loopback port while it is used, and for {@link #IDLE} after. TLS goes through it from end to end, so
 * the certificate is checked against the backend's name as ever, and it sees neither key nor prompt of an https backend.
 */
final class Forwarder {

    /** How long it listens without being used. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /** Connections at a time; one more is closed at once. */
    private static final int MOST_CONNECTIONS = 512;

    private static final int BACKLOG = 128;

    /** Of a name's addresses, how many are tried. */
    private static final int MOST_ADDRESSES = 4;

    private static final System.Logger LOG = System.getLogger(Forwarder.class.getName());

    /** The backend. */
    record Target(String host, int port, boolean secure) {}

    private final Target target;
    private final AddressRules rules;
    private final HostLookup lookup;
    private final Duration connectTimeout;
    private final Threads threads;
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
    private volatile long lastTimeout = System.nanoTime();

    /** Both guarded by this object. */
    private @Nullable ServerSocket server;

    private long lastAsked;

    /** Begins a thread of its own for some work. */
    @FunctionalInterface
    interface Threads {
        void start(String name, Runnable work);
    }

    Forwarder(Target target, AddressRules rules, HostLookup lookup, Duration connectTimeout) {
        this(target, rules, lookup, connectTimeout, Forwarder::start);
    }

    Forwarder(Target target, AddressRules rules, HostLookup lookup, Duration connectTimeout, Threads threads) {
        this.threads = threads;
        this.target = target;
        this.rules = rules;
        this.lookup = lookup;
        this.connectTimeout = connectTimeout;
    }

    /** Where it listens; it begins to, if it does not. */
    synchronized InetSocketAddress address() throws IOException {
        lastAsked = System.nanoTime();
        ServerSocket listening = server;
        if (listening == null) {
            listening = listen();
            server = listening;
        }
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    private ServerSocket listen() throws IOException {
        ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        try {
            listening.setSoTimeout((int) IDLE.toMillis());
            threads.start("model-forwarder", () -> accept(listening));
            return listening;
        } catch (IOException | RuntimeException | Error e) {
            listening.close();
            throw e;
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (connections.tryAcquire()) {
                    handOver(client);
                } else {
                    client.close();
                }
            } catch (SocketTimeoutException e) {
                closeIfIdle(listening);
            } catch (IOException e) {
                stopListening(listening);
            }
        }
    }

    /** Where no thread is to be had, one call fails: this thread must live, for nobody else would accept the next. */
    private void handOver(Socket client) throws IOException {
        try {
            threads.start("model-forwarder-connection", () -> serve(client));
        } catch (OutOfMemoryError e) {
            connections.release();
            client.close();
        }
    }

    private synchronized void closeIfIdle(ServerSocket listening) {
        boolean unused = System.nanoTime() - lastAsked >= IDLE.toNanos();
        if (unused && connections.availablePermits() == MOST_CONNECTIONS) {
            stopListening(listening);
        }
    }

    private synchronized void stopListening(ServerSocket listening) {
        server = null;
        try {
            listening.close();
        } catch (IOException e) {
            // The next call listens anew.
        }
    }

    private void serve(Socket client) {
        try (client) {
            ForwardedConnection.serve(client, target, this::connect);
        } catch (RefusedAddressException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "the backend's host " + e.refusal().sentence());
        } catch (SocketTimeoutException e) {
            lastTimeout = System.nanoTime();
        } catch (IOException e) {
            // The client sees its connection close, and the call fails.
        } finally {
            connections.release();
        }
    }

    /** A connection to an address that was judged; of several, to the first that takes it. */
    private Socket connect() throws IOException {
        List<InetAddress> permitted = rules.permitted(target.host(), lookup);
        IOException last = new IOException("the host has no address");
        for (InetAddress address : permitted.subList(0, Math.min(permitted.size(), MOST_ADDRESSES))) {
            Socket backend = new Socket(java.net.Proxy.NO_PROXY); // no system-wide SOCKS proxy either
            try {
                backend.setTcpNoDelay(true);
                backend.connect(new InetSocketAddress(address, target.port()), (int) connectTimeout.toMillis());
                return backend;
            } catch (IOException e) {
                backend.close();
                last = e;
            }
        }
        throw last;
    }

    boolean timedOutSince(long nanos) {
        return lastTimeout - nanos >= 0;
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
