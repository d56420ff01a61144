package io.clawsec.model.openai;

import static io.clawsec.model.openai.TestSettings.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.model.ApiKey;
import io.clawsec.model.ModelReply.Failed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK decides at the first client of a process whether tunnels get credentials: hence a class, and a process, apart. */
@Timeout(60)
class OpenAiModelTunnelTest {

    private static final String BASIC = "Basic dXNlcjpwQHNz"; // user:p@ss

    @Test
    void opensATunnelForHttpsWithTheCredentialsAndNothingElse() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<List<String>> head = CompletableFuture.supplyAsync(() -> refuseTunnel(server));
            OpenAiModel model = TestSettings.model(new OpenAiSettings(
                    URI.create("https://llm.invalid/v1"),
                    new ApiKey(TestSettings.KEY),
                    "m",
                    1,
                    TestSettings.AMPLE,
                    TestSettings.AMPLE,
                    TestSettings.AMPLE,
                    ProxySettings.fromEnvironment(
                            Map.of("HTTPS_PROXY", "http://user:p%40ss@127.0.0.1:" + server.getLocalPort()))));
            assertThat(model.complete(asking("Hi"))).isInstanceOf(Failed.class);
            assertThat(head.join())
                    .startsWith("CONNECT llm.invalid:443 HTTP/1.1")
                    .anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + BASIC))
                    .noneMatch(line -> line.contains(TestSettings.KEY));
        }
    }

    private static List<String> refuseTunnel(ServerSocket server) {
        try (Socket socket = server.accept();
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            List<String> head =
                    reader.lines().takeWhile(line -> !line.isEmpty()).toList();
            socket.getOutputStream()
                    .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return head;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
