package io.clawsec.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Amazon's own stand-in for DynamoDB as a process of its own, with the class path that the build of store-dynamodb makes
 * for it. It keeps everything in memory and ends with the process that started it.
 */
public final class DynamoDbLocal {

    /** Where the class path is, below the folder of store-dynamodb. */
    public static final String CLASS_PATH_FILE = "target/dynamodb-local.class-path";

    private static final String MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final Duration MOST_STARTING = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private DynamoDbLocal() {}

    /**
     * Starts it and waits until it takes connections.
     *
     * @param classPathFile holds its class path
     * @return where it is
     */
    public static URI start(Path classPathFile) {
        if (!Files.isRegularFile(classPathFile)) {
            throw new IllegalStateException(
                    "there is no " + classPathFile + ": test or package shared-policy/store-dynamodb first");
        }
        try {
            int port = freePort();
            Process process = new ProcessBuilder(command(classPathFile, port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            awaitAnswer(process, port);
            return URI.create("http://localhost:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Jars are for the class path; where the rest lies, the SQLite library for this machine is looked for. */
    private static List<String> command(Path classPathFile, int port) throws IOException {
        List<String> jars = new ArrayList<>();
        List<String> natives = new ArrayList<>();
        for (String entry : Files.readString(classPathFile).trim().split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar")) {
                jars.add(entry);
            } else {
                natives.add(String.valueOf(Path.of(entry).getParent()));
            }
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it lives for a minute, in which the other compiler costs more than it
                // gives
                "-Djava.library.path=" + String.join(File.pathSeparator, natives),
                "-cp",
                String.join(File.pathSeparator, jars),
                MAIN,
                "-inMemory",
                "-disableTelemetry",
                "-port",
                Integer.toString(port));
    }

    private static void awaitAnswer(Process process, int port) {
        long deadline = System.nanoTime() + MOST_STARTING.toNanos();
        while (System.nanoTime() - deadline < 0) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("DynamoDB Local ended with " + process.exitValue(), e);
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "DynamoDB Local did not start in " + TimeUnit.NANOSECONDS.toSeconds(MOST_STARTING.toNanos()) + " s");
    }
}
