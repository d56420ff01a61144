package io.clawsec.cli.demo;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A private server in a process of its own, with a folder of its own. However this process ends, short of being killed
 * outright, that one is stopped and the folder deleted.
 */
final class ChildServer implements PrivateServer {

    /** How long the server may take until it answers; a first start on a busy machine takes a good ten seconds. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private static final Duration POLL_PAUSE = Duration.ofMillis(100);

    /** How long the server may take to stop by itself, and then to be killed. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final PrivateFolder folder;
    private final Path log;
    private final int port;
    private final Thread atExit;
    private volatile @Nullable Process process;

    /** Read without the lock, which is held for as long as stopping takes. */
    private volatile boolean closed;

    private ChildServer(PrivateFolder folder, int port) {
        this.folder = folder;
        this.port = port;
        this.log = folder.path().resolve("server.log");
        this.atExit = new Thread(this::closeAtExit, "stop-private-server");
    }

    static ChildServer start(ServerProgram program, URI modelUrl, String modelKey)
            throws IOException, InterruptedException {
        int port;
        int managementPort;
        // Both open at once, so that they differ.
        try (ServerSocket first = anyPort();
                ServerSocket second = anyPort()) {
            port = first.getLocalPort();
            managementPort = second.getLocalPort();
        }
        PrivateFolder folder = PrivateFolder.create();
        ChildServer server = new ChildServer(folder, port);
        try {
            // Before there is a process: a signal that comes in between must find the hook.
            Runtime.getRuntime().addShutdownHook(server.atExit);
            ServerEnvironment environment =
                    new ServerEnvironment(port, managementPort, folder.subfolder("data"), modelUrl, modelKey);
            server.spawn(program, environment);
            server.awaitHealth();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            try {
                server.close();
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private static ServerSocket anyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    private synchronized void spawn(ServerProgram program, ServerEnvironment environment) throws IOException {
        if (closed) {
            throw new IOException("the demonstration was ended before it began");
        }
        ProcessBuilder builder = new ProcessBuilder(program.command(folder.subfolder("tmp")))
                .directory(folder.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment.variables(System.getenv()));
        process = builder.start();
    }

    private void awaitHealth() throws IOException, InterruptedException {
        ClawSecClient client = new ClawSecClient(address());
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Process child = process;
            if (closed) {
                throw new InterruptedException("this process was told to end");
            }
            if (child == null || !child.isAlive()) {
                String code = child == null ? "" : " with exit code " + child.exitValue();
                throw new IOException("the server ended" + code + " before it answered\n" + logTail());
            }
            if (client.isHealthy()) {
                return;
            }
            Thread.sleep(POLL_PAUSE.toMillis());
        }
        throw new IOException("the server did not answer within " + START_TIMEOUT.toSeconds() + " s\n" + logTail());
    }

    private String logTail() {
        try {
            return LogTail.of(log);
        } catch (IOException e) {
            return "(its log cannot be read)";
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public boolean ending() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        stopAndDelete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs, or has run, and finds nothing left to do.
        }
    }

    private void closeAtExit() {
        try {
            stopAndDelete();
        } catch (IOException e) {
            System.err.println("clawsec: " + e.getMessage());
        }
    }

    private synchronized void stopAndDelete() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Process child = process;
        boolean stopped = child == null || stop(child);
        folder.delete();
        if (!stopped || Files.exists(folder.path())) {
            throw new IOException("the private server could not be stopped, or left files in " + folder.path());
        }
    }

    private static boolean stop(Process child) {
        try {
            child.destroy();
            if (child.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            child.destroyForcibly();
            return child.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
            return !child.isAlive();
        }
    }
}
