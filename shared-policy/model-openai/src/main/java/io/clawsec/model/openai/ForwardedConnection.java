package io.clawsec.model.openai;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection of this process's own HTTP client through the {@link Forwarder}: a tunnel to an https backend, or, to an
 * http backend, requests whose targets are brought from a proxy's form into a server's (RFC 9112, 3.2). What comes back
 * goes back as it is.
 */
final class ForwardedConnection {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int BUFFER = 16 * 1024;
    private static final byte[] ESTABLISHED = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Makes the connection to the backend. */
    @FunctionalInterface
    interface Connector {
        Socket connect() throws IOException;
    }

    private ForwardedConnection() {}

    /** Serves the client until either side ends. */
    static void serve(Socket client, Forwarder.Target target, Connector connector) throws IOException {
        client.setTcpNoDelay(true);
        InputStream fromClient = new BufferedInputStream(client.getInputStream(), BUFFER);
        String head = head(fromClient);
        String expected = target.secure() ? "CONNECT " + authority(target) + " " : "POST http://";
        if (!head.regionMatches(true, 0, expected, 0, expected.length())) {
            throw new IOException("not a request of this process's client");
        }
        try (Socket backend = connector.connect()) {
            if (target.secure()) {
                client.getOutputStream().write(ESTABLISHED);
            }
            Forwarder.start("model-forwarder-answers", () -> relay(backend, client));
            if (target.secure()) {
                copy(fromClient, backend.getOutputStream(), Long.MAX_VALUE);
            } else {
                forwardRequests(head, fromClient, backend.getOutputStream());
            }
        }
    }

    private static String authority(Forwarder.Target target) {
        return target.host() + ":" + target.port();
    }

    private static void forwardRequests(String first, InputStream from, OutputStream to) throws IOException {
        String head = first;
        while (!head.isEmpty()) {
            to.write(inServersForm(head).getBytes(StandardCharsets.ISO_8859_1));
            copy(from, to, contentLength(head));
            to.flush();
            head = head(from);
        }
    }

    /** {@code POST http://host:port/path HTTP/1.1} becomes {@code POST /path HTTP/1.1}. */
    private static String inServersForm(String head) throws IOException {
        int target = head.indexOf("://");
        int line = head.indexOf("\r\n");
        int end = head.lastIndexOf(' ', line);
        int path = head.indexOf('/', target + 3);
        int query = head.indexOf('?', target + 3);
        if (target < 0 || target > line || end < target) {
            throw new IOException("not a request of this process's client");
        }
        String method = head.substring(0, head.indexOf(' ') + 1);
        if (path >= 0 && path < end && (query < 0 || path < query)) {
            return method + head.substring(path);
        }
        int rest = query >= 0 && query < end ? query : end;
        return method + "/" + head.substring(rest);
    }

    /** The client knows the length of every body that it sends. */
    private static long contentLength(String head) throws IOException {
        for (String line : head.split("\r\n", -1)) {
            String lowered = line.toLowerCase(Locale.ROOT);
            if (lowered.startsWith("transfer-encoding:")) {
                throw new IOException("a body without a length");
            }
            if (lowered.startsWith("content-length:")) {
                return Long.parseLong(line.substring("content-length:".length()).strip());
            }
        }
        return 0;
    }

    /** Everything up to and with the empty line; empty text where the client has ended. */
    private static String head(InputStream from) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        int ending = 0; // how much of CR LF CR LF has come
        while (ending < 4) {
            int next = from.read();
            if (next < 0) {
                if (head.size() == 0) {
                    return "";
                }
                throw new EOFException("the client ended in the middle of a request");
            }
            head.write(next);
            ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
            if (head.size() > LONGEST_HEAD) {
                throw new IOException("a head that is too long");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Carries answers; its end is the connection's. */
    private static void relay(Socket backend, Socket client) {
        try (client;
                backend) {
            copy(backend.getInputStream(), client.getOutputStream(), Long.MAX_VALUE);
        } catch (IOException e) {
            // One of them went away, so the other goes too.
        }
    }

    private static void copy(InputStream from, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = most;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }
}
