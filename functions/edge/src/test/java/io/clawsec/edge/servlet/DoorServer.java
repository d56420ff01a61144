package io.clawsec.edge.servlet;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
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
import java.util.function.Function;
import org.springframework.boot.web.server.WebServer;

/** The product's server with a door of a test's own behind it, on a free port. */
final class DoorServer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final WebServer server;

    private DoorServer(WebServer server) {
        this.server = server;
    }

    /** Starts with the routes of these functions, all answered by the one given. */
    static DoorServer start(Set<String> functions, Function<Call, Outcome> function) {
        Configuration configuration =
                Configuration.from(Map.of("PORT", "0", "CLAWSEC_MANAGEMENT_PORT", "off"), Deployment.ONE_PROCESS);
        Door door = door(functions, function);
        WebServer server = io.clawsec.edge.servlet.WebServer.factory(configuration, Ports.of(configuration), door)
                .getWebServer(context -> context.addFilter("door", new FunctionFilter(door, Ports.NONE))
                        .addMappingForUrlPatterns(null, false, "/*"));
        server.start();
        return new DoorServer(server);
    }

    private static Door door(Set<String> functions, Function<Call, Outcome> function) {
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
                new RouteTable(functions),
                name -> function,
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

    /** All that comes back for a GET of this target, as it is sent, until the server closes the connection. */
    String get(String target) throws IOException {
        return ask("GET", target);
    }

    /** The same for another method. */
    String ask(String method, String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
