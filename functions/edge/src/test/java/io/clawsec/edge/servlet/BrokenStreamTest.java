package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.call.AnswerStream;
import io.clawsec.edge.Configuration;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.http.ClientAddress;
import io.clawsec.edge.http.Cors;
import io.clawsec.edge.http.Door;
import io.clawsec.edge.http.OwnRoutes;
import io.clawsec.edge.http.Readiness;
import io.clawsec.edge.http.RouteTable;
import io.clawsec.json.JsonObject;
import io.clawsec.telemetry.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServer;

/** What a client sees of a stream, over a real connection: whole, broken off, or refused before it began. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class BrokenStreamTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private static final AtomicInteger WRITTEN = new AtomicInteger();
    private static volatile AnswerStream.Source source = sink -> {};
    private static WebServer server;

    @BeforeAll
    static void start() {
        Configuration configuration =
                Configuration.from(Map.of("PORT", "0", "CLAWSEC_MANAGEMENT_PORT", "off"), Deployment.ONE_PROCESS);
        Door door = door();
        server = io.clawsec.edge.servlet.WebServer.factory(configuration, Ports.of(configuration), door)
                .getWebServer(context -> context.addFilter("door", new FunctionFilter(door, Ports.NONE))
                        .addMappingForUrlPatterns(null, false, "/*"));
        server.start();
    }

    private static Door door() {
        OwnRoutes.MetricsPage page = new OwnRoutes.MetricsPage() {
            @Override
            public byte[] scrape() {
                return new byte[0];
            }

            @Override
            public String mediaType() {
                return "text/plain";
            }
        };
        return new Door(
                new RouteTable(Set.of("audit")),
                name -> call -> new AnswerStream(
                        "application/x-ndjson",
                        sink -> {
                            WRITTEN.incrementAndGet();
                            source.writeTo(sink);
                        },
                        null),
                new OwnRoutes(JsonObject::new, new Readiness(Map.of(), System::nanoTime), page, () -> {
                    throw new IllegalStateException("nobody reads metrics here");
                }),
                new ClientAddress(List.of()),
                new Cors(Set.of()),
                () -> "0123456789abcdef".repeat(4),
                UUID::randomUUID,
                Tracing.NONE);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String reply(AnswerStream.Source asked) throws IOException {
        source = asked;
        WRITTEN.set(0);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET /audit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(WRITTEN).as("how often the stream was written").hasValue(1);
            assertThat(reply).containsOnlyOnce("X-Request-Id: ").doesNotContain("secret");
            return reply;
        }
    }

    private static byte[] line() {
        return "{}\n".getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_stream_ends_with_its_last_chunk() throws IOException {
        assertThat(reply(sink -> {
                    sink.piece(line());
                    sink.piece(line());
                }))
                .startsWith("HTTP/1.1 200")
                .contains("Transfer-Encoding: chunked")
                .endsWith("3\r\n{}\n\r\n3\r\n{}\n\r\n" + LAST_CHUNK);
    }

    @Test
    void a_stream_that_breaks_off_lacks_its_last_chunk_whatever_broke_it() throws IOException {
        List<RuntimeException> thrown =
                List.of(new AuditUnavailableException("secret", null), new IllegalStateException("secret"));
        for (RuntimeException broken : thrown) {
            assertThat(reply(sink -> {
                        sink.piece(line());
                        throw broken;
                    }))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("3\r\n{}\n\r\n");
        }
        assertThat(reply(sink -> {
                    sink.piece(line());
                    throw new IOException("secret");
                }))
                .endsWith("3\r\n{}\n\r\n");
        assertThat(reply(sink -> {
                    sink.piece(line());
                    throw new StackOverflowError("secret");
                }))
                .endsWith("3\r\n{}\n\r\n");
    }

    @Test
    void one_that_breaks_off_before_its_first_piece_is_a_problem() throws IOException {
        assertThat(reply(sink -> {
                    throw new AuditUnavailableException("secret", null);
                }))
                .startsWith("HTTP/1.1 503")
                .contains("Content-Type: application/problem+json")
                .contains("\"code\":\"audit_unavailable\"");
        assertThat(reply(sink -> {
                    throw new IllegalStateException("secret");
                }))
                .startsWith("HTTP/1.1 500")
                .contains("\"code\":\"internal_error\"");
    }

    @Test
    void an_empty_stream_is_an_empty_answer() throws IOException {
        assertThat(reply(sink -> {})).startsWith("HTTP/1.1 200").contains("Content-Type: application/x-ndjson");
    }
}
