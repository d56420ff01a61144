package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.WebServer;

/** What the server lets through to the door, which answers it, and what it refuses itself. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class WebServerTest {

    private static final int PATIENCE_MILLIS = 10_000;

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
                new RouteTable(Set.of()),
                name -> call -> {
                    throw new IllegalStateException("there is no route");
                },
                new OwnRoutes(
                        () -> new JsonObject().with("status", "ok"),
                        new Readiness(Map.of(), System::nanoTime),
                        page,
                        () -> {
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

    private static String statusLine(String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).contains("X-Request-Id: ");
            return reply.lines().findFirst().orElse("").strip();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a|b", "/a\"<>[]^`{|}", "/health|", "/health%7C", "/health%2F", "/health%5C", "/%5chealth"})
    void the_door_finds_nothing_at_an_odd_path(String path) throws IOException {
        assertThat(statusLine(path)).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health?a=\"<>[\\]^`{|}", "/health?a=%zz"})
    void the_door_judges_the_query_string(String target) throws IOException {
        assertThat(statusLine(target)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/health%00", "/../health", "/health#a", "/health?a=\u00e9", "/a b"})
    void what_is_no_target_is_refused(String target) throws IOException {
        assertThat(statusLine(target)).startsWith("HTTP/1.1 400");
    }
}
