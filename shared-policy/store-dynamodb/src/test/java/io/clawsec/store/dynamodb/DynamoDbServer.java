package io.clawsec.store.dynamodb;

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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The service that tests talk to: the one that {@code AWS_ENDPOINT_URL} or the system property
 * {@value #ENDPOINT_PROPERTY} names, or DynamoDB Local, started once for all tests as a process of its own, with the
 * class path that the build made for it.
 */
final class DynamoDbServer {

    /** Where a server is that runs already. */
    static final String ENDPOINT_PROPERTY = "clawsec.dynamodb.endpoint";

    private static final String CLASS_PATH_PROPERTY = "dynamodb-local.class-path";
    private static final String MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final Duration MOST_STARTING = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private static @Nullable URI endpoint;

    private DynamoDbServer() {}

    /** Where the tables of a prefix are. */
    static synchronized DynamoDbUrl url(String prefix) {
        URI known = endpoint;
        if (known == null) {
            known = named().orElseGet(DynamoDbServer::start);
            endpoint = known;
            giveCredentials();
        }
        return new DynamoDbUrl(
                prefix, Optional.of(System.getProperty("aws.region", "eu-central-1")), Optional.of(known));
    }

    private static Optional<URI> named() {
        return Optional.ofNullable(System.getProperty(ENDPOINT_PROPERTY, System.getenv("AWS_ENDPOINT_URL")))
                .filter(named -> !named.isEmpty())
                .map(URI::create);
    }

    /** The local engine takes any; where there are real ones, they are used. */
    private static void giveCredentials() {
        if (System.getenv("AWS_ACCESS_KEY_ID") == null && System.getProperty("aws.accessKeyId") == null) {
            System.setProperty("aws.accessKeyId", "local");
            System.setProperty("aws.secretAccessKey", "local");
        }
    }

    private static URI start() {
        try {
            int port = freePort();
            Process process = new ProcessBuilder(command(port))
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
    private static List<String> command(int port) throws IOException {
        String file = System.getProperty(CLASS_PATH_PROPERTY);
        if (file == null) {
            throw new IllegalStateException("the build says by " + CLASS_PATH_PROPERTY + " where the class path is");
        }
        List<String> jars = new ArrayList<>();
        List<String> natives = new ArrayList<>();
        for (String entry : Files.readString(Path.of(file)).trim().split(java.io.File.pathSeparator, -1)) {
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
                "-Djava.library.path=" + String.join(java.io.File.pathSeparator, natives),
                "-cp",
                String.join(java.io.File.pathSeparator, jars),
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
