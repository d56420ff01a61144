package io.clawsec.conformance;

import io.clawsec.allinone.AllInOneApplication;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.servlet.ContainerApplication;
import io.clawsec.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole product in this process: real ports, a real database in a folder of its own, and a client that can send
 * anything. Safe for use by many threads.
 */
final class RunningClawSec implements AutoCloseable {

    /** Every random choice of these tests comes from here; its seed is printed once. */
    private static final Random RANDOM = random();

    private static final AtomicInteger USERS = new AtomicInteger();

    private final ContainerApplication application;
    private final Path folder;
    private final String secret;
    private final Map<String, String> environment;
    private final boolean ownFolder;
    private final Map<String, String> adminTokens = new LinkedHashMap<>();

    private RunningClawSec(Path folder, String secret, Map<String, String> environment, boolean ownFolder) {
        this.application =
                ContainerApplication.start(environment, AllInOneApplication.FUNCTIONS, Deployment.ONE_PROCESS);
        this.folder = folder;
        this.secret = secret;
        this.environment = environment;
        this.ownFolder = ownFolder;
    }

    private static Random random() {
        long seed = Long.getLong("clawsec.seed", System.nanoTime());
        System.out.println("conformance tests run with -Dclawsec.seed=" + seed);
        return new Random(seed);
    }

    /** A text that nobody else would come upon: {@code name-} and 128 random bits in hex. */
    static synchronized String unique(String name) {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return name + "-" + HexFormat.of().formatHex(bits);
    }

    /** Starts with the defaults of a first start, free ports and the signing secret {@link #secret()}. */
    static RunningClawSec start() {
        return start(Map.of());
    }

    /** Starts with more in its environment. */
    static RunningClawSec start(Map<String, String> more) {
        try {
            Path folder = Files.createTempDirectory("clawsec-conformance");
            String secret = unique("signing-secret");
            Map<String, String> environment = new LinkedHashMap<>(Map.of(
                    "PORT",
                    "0",
                    "CLAWSEC_MANAGEMENT_PORT",
                    "0",
                    "CLAWSEC_DATA_DIR",
                    folder.resolve("data").toString(),
                    "JWT_SECRET_KEY",
                    secret));
            environment.putAll(more);
            return new RunningClawSec(folder, secret, environment, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more process's worth of it on the same store, with more in its environment; it leaves the folder alone. */
    RunningClawSec another(Map<String, String> more) {
        Map<String, String> same = new LinkedHashMap<>(environment);
        same.putAll(more);
        return new RunningClawSec(folder, secret, same, false);
    }

    int port() {
        return application.port();
    }

    int managementPort() {
        return application.managementPort();
    }

    /** The database file. */
    Path database() {
        return folder.resolve("data/clawsec.db");
    }

    /** What its tokens are signed with. */
    String secret() {
        return secret;
    }

    Reply send(Ask ask) {
        return send(port(), ask);
    }

    Reply sendToManagement(Ask ask) {
        return send(managementPort(), ask);
    }

    private Reply send(int port, Ask ask) {
        Ask known = ask.role() == null ? ask : ask.bearer(token(ask.role()));
        return send(port, known.bytes(port));
    }

    /** Sends bytes as they are to the API's port. */
    Reply send(byte[] bytes) {
        return send(port(), bytes);
    }

    private static Reply send(int port, byte[] bytes) {
        try {
            return Wire.exchange(port, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token for somebody new, so that no rate limit of another test is in the way. */
    String token(String role) {
        return token("user-" + USERS.incrementAndGet(), role);
    }

    String token(String userId, String role) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("user_id", userId);
        body.put("role", role);
        Reply reply = send(Ask.post("/token").json(new String(Json.write(body), StandardCharsets.UTF_8)));
        if (reply.status() != 200) {
            throw new AssertionError("no token for " + role + ": " + reply.text());
        }
        return reply.field("token");
    }

    /** The audit events of a request, newest first. */
    List<Map<String, @Nullable Object>> events(String requestId) {
        String token;
        synchronized (adminTokens) {
            token = adminTokens.computeIfAbsent("auditor", this::token);
        }
        Reply reply = send(Ask.get("/audit?request_id=" + requestId).bearer(token));
        if (reply.status() != 200) {
            throw new AssertionError("the audit cannot be read: " + reply.text());
        }
        return Clone.at(reply.json(), "events");
    }

    @Override
    public void close() {
        application.close();
        if (!ownFolder) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
