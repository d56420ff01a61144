package io.clawsec.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that takes connections, as the system does for it, and never says a word. */
final class SilentPort implements AutoCloseable {

    private static final int BACKLOG = 64;

    private final ServerSocket socket;

    SilentPort() throws IOException {
        socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
