package io.clawsec.model.openai;

import static io.clawsec.model.openai.TestSettings.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import io.clawsec.testkit.ManyCallers;
import io.clawsec.testkit.ScriptedModelBackend;
import io.clawsec.testkit.ScriptedReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that was judged is the one that is connected to, whatever the name leads to a moment later. */
@Timeout(60)
class ForwarderTest {

    private static final String NAME = "llm.example";

    private final ScriptedModelBackend backend = ScriptedModelBackend.start();
    private final AtomicInteger lookups = new AtomicInteger();

    @AfterEach
    void close() {
        backend.close();
    }

    /** Answers with one address after the other, then with the last for good. */
    private HostLookup answers(String... addresses) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(addresses));
        return host -> {
            lookups.incrementAndGet();
            if (!host.equals(NAME)) {
                throw new UnknownHostException(host);
            }
            synchronized (left) {
                return List.of(InetAddress.getByName(left.size() > 1 ? left.remove() : left.getFirst()));
            }
        };
    }

    private URI url() {
        return URI.create("http://" + NAME + ":" + backend.port() + "/v1/chat/completions?a=b");
    }

    private OpenAiModel model(URI url, AddressRules rules, HostLookup lookup) {
        return new OpenAiModel(TestSettings.of(url), rules, lookup);
    }

    private static AddressRules allowing(String... hosts) {
        return new AddressRules(false, Set.of(hosts));
    }

    @Test
    void a_name_is_reached_at_the_address_that_was_judged_as_if_directly() {
        backend.answer(prompt -> "You wrote " + prompt);
        OpenAiModel model = model(url(), allowing(NAME), answers("127.0.0.1"));
        for (String text : List.of("one", "two", "x".repeat(200_000), "Zoë 😀")) {
            assertThat(model.complete(asking(text)))
                    .isInstanceOfSatisfying(
                            Completed.class,
                            reply -> assertThat(reply.completion().text()).isEqualTo("You wrote " + text));
        }
        assertThat(backend.requests()).hasSize(4).allSatisfy(request -> {
            assertThat(request.target()).hasToString("/v1/chat/completions?a=b");
            assertThat(request.header("Host")).contains(NAME + ":" + backend.port());
            assertThat(request.header("Authorization")).contains("Bearer " + TestSettings.KEY);
        });
        assertThat(lookups.get()).as("one connection served them all").isEqualTo(1);
    }

    @Test
    void many_calls_at_once_get_their_own_answers() {
        backend.answer(prompt -> prompt);
        OpenAiModel model = model(url(), allowing(NAME), answers("127.0.0.1"));
        List<String> answers = ManyCallers.run(32, caller -> {
            ModelReply reply = model.complete(asking("caller " + caller));
            return reply.fold(completed -> completed.completion().text(), failed -> failed.toString());
        });
        for (int caller = 0; caller < 32; caller++) {
            assertThat(answers.get(caller)).isEqualTo("caller " + caller);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "fd00:ec2::254",
                "100.100.100.200",
                "fe80::1",
                "0.0.0.0",
                "224.0.0.1"
            })
    void a_name_that_leads_to_a_forbidden_address_is_refused_even_where_it_is_allowed(String address) {
        assertThat(model(url(), new AddressRules(true, Set.of(NAME)), answers(address))
                        .complete(asking("Hi")))
                .isEqualTo(new Failed(Failure.CONNECT));
        assertThat(lookups.get()).isEqualTo(1);
        assertThat(backend.requests()).isEmpty();
    }

    @Test
    void a_name_that_leads_to_a_near_address_is_refused_where_it_is_not_allowed() {
        assertThat(model(url(), allowing(), answers("127.0.0.1")).complete(asking("Hi")))
                .isEqualTo(new Failed(Failure.CONNECT));
        assertThat(backend.requests()).isEmpty();
    }

    /** The backend listens where the second answer leads: were anything looked up again, it would be asked. */
    @Test
    void rebinding_between_check_and_connect_leads_nowhere() throws IOException {
        HostLookup rebinding = answers("1.1.1.1", "127.0.0.1");
        AddressRules rules = allowing();
        assertThat(rules.permitted(NAME, rebinding)).as("when it was saved").hasSize(1);
        assertThat(model(url(), rules, rebinding).complete(asking("Hi"))).isEqualTo(new Failed(Failure.CONNECT));
        assertThat(backend.requests()).isEmpty();
    }

    /** One lookup for each connection, and the connection goes where that lookup led. */
    @Test
    void every_connection_is_judged_anew() {
        backend.always(ScriptedReply.dropConnection());
        OpenAiModel model = model(url(), allowing(NAME), answers("127.0.0.1", "169.254.169.254", "127.0.0.1"));
        assertThat(model.complete(asking("first"))).isEqualTo(new Failed(Failure.CONNECT));
        assertThat(backend.requests()).hasSize(1);
        assertThat(model.complete(asking("second"))).isEqualTo(new Failed(Failure.CONNECT));
        assertThat(backend.requests()).as("metadata in between").hasSize(1);
        assertThat(model.complete(asking("third"))).isEqualTo(new Failed(Failure.CONNECT));
        assertThat(backend.requests()).hasSize(2);
        assertThat(lookups.get()).isEqualTo(3);
    }

    @Test
    void a_literal_is_judged_as_it_is_and_never_looked_up() {
        for (String host : List.of("127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "[fd00:ec2::254]")) {
            URI url = URI.create("http://" + host + ":" + backend.port() + "/v1");
            assertThat(model(url, allowing(), answers("1.1.1.1")).complete(asking("Hi")))
                    .isEqualTo(new Failed(Failure.CONNECT));
        }
        assertThat(backend.requests()).isEmpty();
        assertThat(lookups.get()).isZero();
    }

    @Test
    void a_redirect_to_a_forbidden_address_is_not_followed() {
        backend.always(ScriptedReply.redirect(URI.create("http://169.254.169.254/latest/meta-data/")));
        assertThat(model(url(), allowing(NAME), answers("127.0.0.1")).complete(asking("Hi")))
                .isEqualTo(new Failed(Failure.STATUS));
        assertThat(lookups.get()).isEqualTo(1);
    }

    @Test
    void an_unknown_name_is_a_failure() {
        URI url = URI.create("http://other.example:" + backend.port() + "/v1");
        assertThat(model(url, allowing("other.example"), answers("127.0.0.1")).complete(asking("Hi")))
                .isEqualTo(new Failed(Failure.CONNECT));
    }

    /** To an https backend the first bytes are TLS, with the backend's name in the clear for its certificate (SNI). */
    @Test
    void tls_goes_through_from_end_to_end_with_the_backends_name() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<String> hello = CompletableFuture.supplyAsync(() -> firstBytes(server));
            URI url = URI.create("https://" + NAME + ":" + server.getLocalPort() + "/v1");
            // Long enough that the hello's random bytes do not spell it by chance, as they do two letters.
            String prompt = "What was said to the backend";
            assertThat(model(url, allowing(NAME), answers("127.0.0.1")).complete(asking(prompt)))
                    .isEqualTo(new Failed(Failure.CONNECT));
            assertThat(hello.get()).startsWith("\u0016\u0003").contains(NAME).doesNotContain("CONNECT", prompt);
        }
    }

    private static String firstBytes(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] bytes = new byte[2048];
            int read = socket.getInputStream().read(bytes);
            return new String(bytes, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_forbidden_https_backend_is_refused_before_a_byte_is_sent() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            URI url = URI.create("https://" + NAME + ":" + server.getLocalPort() + "/v1");
            assertThat(model(url, allowing(), answers("127.0.0.1")).complete(asking("Hi")))
                    .isEqualTo(new Failed(Failure.CONNECT));
            server.setSoTimeout(1);
            assertThat(CompletableFuture.supplyAsync(() -> firstBytesOrNothing(server))
                            .get())
                    .isEmpty();
        }
    }

    private static String firstBytesOrNothing(ServerSocket server) {
        try (Socket socket = server.accept()) {
            return "somebody connected from " + socket.getRemoteSocketAddress();
        } catch (IOException e) {
            return "";
        }
    }

    /** The operator's proxy looks names up; of literals in the URL we still say what may be. */
    @Test
    void a_proxy_takes_the_lookup_over_and_literals_are_judged_all_the_same() {
        ProxySettings proxies =
                ProxySettings.fromEnvironment(Map.of("HTTP_PROXY", "http://127.0.0.1:" + backend.port()));
        OpenAiModel named = new OpenAiModel(
                TestSettings.through(URI.create("http://llm.invalid/v1"), proxies), allowing(), answers("1.1.1.1"));
        assertThat(named.complete(asking("Hi"))).isInstanceOf(Completed.class);
        assertThat(backend.lastRequest().target()).hasToString("http://llm.invalid/v1");
        OpenAiModel literal = new OpenAiModel(
                TestSettings.through(URI.create("http://169.254.169.254/v1"), proxies), allowing(), answers("1.1.1.1"));
        assertThat(literal.complete(asking("Hi"))).isEqualTo(new Failed(Failure.CONNECT));
        assertThat(backend.requests()).hasSize(1);
        assertThat(lookups.get()).isZero();
    }

    /** Whoever else on this machine finds the port gets nowhere with it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT other.example:443 HTTP/1.1\r\n\r\n",
                "GET http://169.254.169.254/ HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\r\n\r\n"
            })
    void the_forwarder_leads_to_its_backend_only(String request) throws IOException {
        Forwarder forwarder = new Forwarder(
                new Forwarder.Target(NAME, backend.port(), true),
                allowing(NAME),
                answers("127.0.0.1"),
                TestSettings.AMPLE);
        try (Socket socket = new Socket()) {
            socket.connect(forwarder.address());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(lookups.get()).isZero();
    }

    @Test
    void where_a_thread_is_not_to_be_had_a_connection_fails_and_the_next_is_served() throws IOException {
        Deque<String> refused = new ArrayDeque<>(List.of("model-forwarder", "model-forwarder-connection"));
        Forwarder forwarder = new Forwarder(
                new Forwarder.Target(NAME, backend.port(), false),
                allowing(NAME),
                answers("127.0.0.1"),
                TestSettings.AMPLE,
                (name, work) -> {
                    if (refused.remove(name)) {
                        throw new OutOfMemoryError("unable to create native thread"); // as the JVM says it
                    }
                    Forwarder.start(name, work);
                });
        assertThatThrownBy(forwarder::address).isInstanceOf(OutOfMemoryError.class);
        assertThat(answerThrough(forwarder)).isEmpty();
        assertThat(answerThrough(forwarder)).startsWith("HTTP/1.1 200");
    }

    private String answerThrough(Forwarder forwarder) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(5_000);
            socket.connect(forwarder.address());
            String request = "POST http://" + NAME + "/v1/chat/completions HTTP/1.1\r\nHost: " + NAME
                    + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
