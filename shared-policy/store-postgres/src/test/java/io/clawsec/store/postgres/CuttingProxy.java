package io.clawsec.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stands between a store and its server, and cuts a connection around its next COMMIT as it is told. */
final class CuttingProxy implements AutoCloseable {

    /** Where the connection is cut. */
    enum Cut {
        NOWHERE,
        /** The server never hears of the COMMIT. */
        BEFORE_COMMIT,
        /** The server has committed, and its answer never comes. */
        AFTER_COMMIT,
        /** The client loses the connection; the server hears of the COMMIT later, when somebody waits for its lock. */
        LATE_COMMIT
    }

    private static final Pattern PREPARED_COMMIT = Pattern.compile("\0?(S_[0-9]+)\0COMMIT\0");
    private static final String LOCK = "pg_advisory_xact_lock";
    private static final int BUFFER = 1 << 20;

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<Link> links = new ArrayList<>();
    private Cut cut = Cut.NOWHERE;
    private boolean thenRefuse;
    private boolean refusing;
    private Runnable late = () -> {};

    CuttingProxy(PostgresUrl server) throws IOException {
        String address = server.place().substring(0, server.place().indexOf('/'));
        host = address.substring(0, address.lastIndexOf(':'));
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The URL of the same database, through here. */
    PostgresUrl through(PostgresUrl server) {
        String database = server.place().substring(server.place().indexOf('/'));
        return new PostgresUrl("127.0.0.1:" + listener.getLocalPort() + database, server.properties(), false);
    }

    /** At the next COMMIT; afterwards new connections are refused, or not. */
    synchronized void cutNext(Cut where, boolean andRefuse) {
        cut = where;
        thenRefuse = andRefuse;
    }

    /** Whether the cut that was asked for was made. */
    synchronized boolean hasCut() {
        return cut == Cut.NOWHERE;
    }

    /** Takes connections again. */
    synchronized void heal() {
        refusing = false;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                synchronized (this) {
                    if (refusing) {
                        client.close();
                        continue;
                    }
                }
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Link link = new Link(client, server);
                synchronized (this) {
                    links.add(link);
                }
                start(link::pumpRequests);
                start(link::pumpAnswers);
            } catch (IOException e) {
                // Closed, or the server does not answer: the client sees its connection end.
            }
        }
    }

    private synchronized Cut takeCut(Link by) {
        Cut taken = cut;
        cut = Cut.NOWHERE;
        if (taken != Cut.NOWHERE && thenRefuse) {
            refusing = true;
            links.stream().filter(link -> !link.equals(by)).forEach(Link::end); // what else the pool holds
        }
        return taken;
    }

    private synchronized Runnable takeLate() {
        Runnable taken = late;
        late = () -> {};
        return taken;
    }

    /** One connection. */
    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean swallow;
        private @Nullable String commitName;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pumpRequests() {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = client.getInputStream()) {
                OutputStream out = server.getOutputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    byte[] bytes = Arrays.copyOf(buffer, length);
                    String text = new String(bytes, StandardCharsets.ISO_8859_1);
                    Cut here = isCommit(text) ? takeCut(this) : Cut.NOWHERE;
                    if (here == Cut.BEFORE_COMMIT) {
                        end();
                        return;
                    }
                    if (here == Cut.LATE_COMMIT) {
                        synchronized (CuttingProxy.this) {
                            late = () -> send(out, bytes);
                        }
                        close(client);
                        return; // and the server's side stays open, with its transaction
                    }
                    swallow = here == Cut.AFTER_COMMIT;
                    out.write(bytes);
                    if (text.contains(LOCK)) {
                        takeLate().run();
                    }
                }
            } catch (IOException e) {
                // An end of the link is gone; so is the other one then.
            }
            end();
        }

        /** The driver prepares its COMMIT as it uses it first, and from then on says its name only. */
        private boolean isCommit(String text) {
            Matcher prepared = PREPARED_COMMIT.matcher(text);
            if (prepared.find()) {
                commitName = prepared.group(1);
            }
            return commitName != null && text.contains("\0" + commitName + "\0");
        }

        void pumpAnswers() {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = server.getInputStream()) {
                OutputStream out = client.getOutputStream();
                for (int length = in.read(buffer); length >= 0 && !swallow; length = in.read(buffer)) {
                    out.write(buffer, 0, length);
                }
            } catch (IOException e) {
                // As above.
            }
            end();
        }

        private void end() {
            close(client);
            close(server);
        }
    }

    private static void send(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed by then.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        links.forEach(Link::end);
    }
}
