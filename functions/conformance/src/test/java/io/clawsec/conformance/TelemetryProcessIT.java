package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with a receiver, without one, with one that is away, and with one that it should not trust. */
@Timeout(120)
class TelemetryProcessIT {

    private static final String BENIGN = "{\"prompt\":\"What is the capital of France?\"}";
    private static final String AWAY = "do not reach OTLP_ENDPOINT";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What only an exporter loads. Kotlin is left out: Spring looks at a few of its classes wherever they are. */
    private static final Pattern EXPORTER =
            Pattern.compile("(io\\.opentelemetry|okhttp3|okio|io\\.clawsec\\.telemetry\\.otlp)\\.\\S+");

    private static final Pattern KOTLIN = Pattern.compile("] kotlin\\.\\S+");
    private static final int MOST_OF_KOTLIN = 20;

    @TempDir
    Path folder;

    /** Asks as somebody new, so that no limit is in the way. */
    private static Reply ask(ServerProcess server) throws IOException {
        String user = RunningClawSec.unique("somebody");
        String token = server.send(Ask.post("/token").json("{\"user_id\":\"" + user + "\",\"role\":\"agent\"}"))
                .field("token");
        return server.send(Ask.post("/query").bearer(token).json(BENIGN));
    }

    /** Asks until the log tells that the receiver is away; how long each took, in milliseconds. */
    private static List<Long> askUntilAway(ServerProcess server) throws IOException {
        List<Long> millis = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            long start = System.nanoTime();
            assertThat(ask(server).status()).isEqualTo(200);
            millis.add((System.nanoTime() - start) / 1_000_000);
            assertThat(System.nanoTime()).as("told of a receiver that is away").isLessThan(deadline);
        } while (!server.output().contains(AWAY));
        return millis;
    }

    private String loadedClasses(Map<String, String> settings) throws Exception {
        Path classes = folder.resolve("classes.log");
        Map<String, String> all = new HashMap<>(settings);
        all.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (ServerProcess server = ServerProcess.start(folder, all)) {
            assertThat(ask(server).status()).isEqualTo(200);
            server.stop();
        }
        return Files.readString(classes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void without_a_receiver_no_class_of_an_exporter_is_loaded() throws Exception {
        String loaded = loadedClasses(Map.of());
        assertThat(loaded).as("the list is one").contains("io.clawsec.telemetry.Telemetry", "io.clawsec.query.Query");
        assertThat(EXPORTER.matcher(loaded).results().map(MatchResult::group).toList())
                .isEmpty();
        assertThat(KOTLIN.matcher(loaded).results().count()).isLessThan(MOST_OF_KOTLIN);
    }

    @Test
    void with_a_receiver_they_are() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start(folder)) {
            assertThat(EXPORTER.matcher(loadedClasses(Map.of("OTLP_ENDPOINT", receiver.endpoint())))
                            .results()
                            .count())
                    .isGreaterThan(500);
        }
    }

    @Test
    void what_waits_is_sent_before_the_process_ends() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start(folder);
                ServerProcess server = ServerProcess.start(folder, Map.of("OTLP_ENDPOINT", receiver.endpoint()))) {
            String requestId = ask(server).header("X-Request-Id");
            server.stop();
            assertThat(OtlpTrace.of(receiver.spans(), requestId)).isPresent();
            assertThat(receiver.recordsOf(requestId)).isNotEmpty();
        }
    }

    @Test
    void a_receiver_that_is_away_hinders_nobody_and_is_told_of_once() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(folder, Map.of("OTLP_ENDPOINT", "http://localhost:" + closedPort()))) {
            assertThat(askUntilAway(server)).as("none waits for it").allMatch(each -> each < 2000);
            String auditor = server.send(Ask.post("/token").json("{\"user_id\":\"ann\",\"role\":\"auditor\"}"))
                    .field("token");
            assertThat(server.send(Ask.get("/metrics").bearer(auditor)).text())
                    .containsPattern("telemetry_lost_total\\{reason=\"undelivered\",signal=\"(spans|logs)\"} [1-9]");
            long stopping = System.nanoTime();
            server.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(15));
            List<String> said =
                    server.output().lines().filter(line -> line.contains(AWAY)).toList();
            assertThat(said).as("once a minute").hasSize(1);
            assertThat(Json.parseObject(said.get(0).getBytes(StandardCharsets.UTF_8)))
                    .containsEntry("level", "WARN")
                    .extractingByKey("message")
                    .asString()
                    .contains("java.net.ConnectException");
            assertThat(server.output()).as("nor does a library say more").doesNotContain("opentelemetry", "okhttp");
        }
    }

    @Test
    void an_endpoint_that_is_none_stops_the_start_by_the_variable_s_name() throws Exception {
        ServerProcess.Ended ended =
                ServerProcess.startRefused(Program.ALL_IN_ONE, folder, Map.of("OTLP_ENDPOINT", "collector:4317"));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output())
                .contains("OTLP_ENDPOINT must be http or https, a host and a port")
                .doesNotContain("collector");
    }

    @Test
    void a_function_apart_exports_in_its_own_name() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start(folder);
                ServerProcess server = ServerProcess.start(
                        Program.ISSUE_TOKEN, folder, Map.of("OTLP_ENDPOINT", receiver.endpoint()))) {
            Reply reply = server.send(Ask.post("/token").json("{\"user_id\":\"somebody\",\"role\":\"agent\"}"));
            assertThat(receiver.trace(reply.header("X-Request-Id")).names()).containsExactly("audit.append");
            assertThat(receiver.resource()).containsEntry("service.name", "clawsec-issue-token");
        }
    }

    @Test
    void over_tls_a_receiver_is_believed_by_the_certificates_that_java_trusts_and_no_other() throws Exception {
        Path keys = keyStore();
        try (OtlpReceiver receiver = OtlpReceiver.startWithTls(folder, keys, "changeit")) {
            Map<String, String> trusting = Map.of(
                    "OTLP_ENDPOINT",
                    receiver.endpoint(),
                    "JAVA_TOOL_OPTIONS",
                    "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=changeit");
            try (ServerProcess server = ServerProcess.start(folder, trusting)) {
                receiver.trace(ask(server).header("X-Request-Id"));
            }
            int known = receiver.spans().size();
            try (ServerProcess server = ServerProcess.start(folder, Map.of("OTLP_ENDPOINT", receiver.endpoint()))) {
                assertThat(askUntilAway(server)).isNotEmpty();
            }
            assertThat(receiver.spans()).hasSize(known);
        }
    }

    /** A port that nobody listens on, as far as anyone can know. */
    private static int closedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** A key for {@code localhost} that nobody has signed. */
    private Path keyStore() throws IOException, InterruptedException {
        Path file = folder.resolve("receiver.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        return file;
    }
}
