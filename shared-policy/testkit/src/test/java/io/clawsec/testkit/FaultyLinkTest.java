package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyLinkTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SHORT_MILLIS = 500;
    private static final Duration DELAY = Duration.ofMillis(150);
    private static final String LONG_AGO = "ended";

    private final List<Socket> clients = new ArrayList<>();
    private final LinkedBlockingQueue<String> seenByStore = new LinkedBlockingQueue<>();
    private ServerSocket store;
    private FaultyLink link;

    @BeforeEach
    void open() throws IOException {
        store = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "echoing-store");
        thread.setDaemon(true);
        thread.start();
        link = FaultyLink.to(
                (InetSocketAddress) store.getLocalSocketAddress(),
                () -> bytes -> new String(bytes, StandardCharsets.UTF_8).contains("commit"));
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        for (Socket client : clients) {
            client.close();
        }
        store.close();
    }

    /** Answers whatever comes with the same. */
    private void serve() {
        while (!store.isClosed()) {
            try {
                Socket connection = store.accept();
                Thread thread = new Thread(() -> echo(connection), "echo");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket connection) {
        byte[] buffer = new byte[1024];
        try (connection;
                InputStream in = connection.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                seenByStore.add(new String(buffer, 0, length, StandardCharsets.UTF_8));
                connection.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // Reset; said below, as every other end.
        }
        seenByStore.add(LONG_AGO);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port()), PATIENCE_MILLIS);
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private void assertEchoes(Socket client, String text) throws IOException {
        send(client, text);
        assertThat(read(client, text.length())).isEqualTo(text);
    }

    private String seen() throws InterruptedException {
        return String.valueOf(seenByStore.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void bytes_pass_both_ways() throws Exception {
        Socket client = connect();
        assertEchoes(client, "one");
        assertEchoes(client, "two");
        client.close();
        assertThat(List.of(seen(), seen(), seen())).containsExactly("one", "two", LONG_AGO);
    }

    @Test
    void each_way_is_delayed_by_what_was_said() throws Exception {
        Socket client = connect();
        link.delay(DELAY, DELAY.multipliedBy(2));
        long start = System.nanoTime();
        send(client, "slow");
        assertThat(seen()).isEqualTo("slow");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(DELAY, DELAY.plusSeconds(5));
        assertThat(read(client, 4)).isEqualTo("slow");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY.multipliedBy(3));
    }

    @Test
    void a_delay_that_is_taken_back_holds_nothing_longer() throws Exception {
        Socket client = connect();
        link.delay(Duration.ofHours(1), Duration.ZERO);
        send(client, "held");
        link.delay(Duration.ZERO, Duration.ZERO);
        assertThat(read(client, 4)).isEqualTo("held");
    }

    @Test
    void what_was_stopped_goes_on_and_is_whole() throws Exception {
        Socket client = connect();
        link.stop();
        send(client, "kept");
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> read(client, 4)).isInstanceOf(SocketTimeoutException.class);
        assertThat(seenByStore).isEmpty();
        client.setSoTimeout(PATIENCE_MILLIS);
        link.goOn();
        assertThat(read(client, 4)).isEqualTo("kept");
    }

    @Test
    void a_reset_ends_every_connection_as_a_reset_and_takes_new_ones() throws Exception {
        Socket one = connect();
        Socket other = connect();
        assertEchoes(one, "one");
        assertEchoes(other, "other");
        link.reset();
        for (Socket client : List.of(one, other)) {
            assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        }
        assertEchoes(connect(), "again");
    }

    @Test
    void a_reset_after_so_many_reads_comes_then_and_not_before() throws Exception {
        Socket client = connect();
        CountDownLatch reset = link.resetAfter(3); // there, back, and there
        assertEchoes(client, "one");
        assertThat(reset.getCount()).isOne();
        send(client, "two");
        assertThat(reset.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        assertThat(List.of(seen(), seen())).containsExactly("one", LONG_AGO);
    }

    @Test
    void a_reset_in_mid_commit_comes_when_the_store_has_the_commit_and_the_service_no_answer() throws Exception {
        Socket client = connect();
        Socket bystander = connect();
        CountDownLatch reset = link.resetInMidCommit();
        assertEchoes(client, "insert");
        assertThat(reset.getCount()).isOne();
        send(client, "commit");
        assertThat(reset.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        assertThat(List.of(seen(), seen())).containsExactly("insert", "commit");
        assertEchoes(bystander, "commit"); // only once, and no one else's connection
    }

    @Test
    void answers_are_swallowed_and_requests_are_not() throws Exception {
        Socket client = connect();
        assertEchoes(client, "heard");
        link.swallowAnswers(true);
        send(client, "unheard");
        assertThat(List.of(seen(), seen())).containsExactly("heard", "unheard");
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE_MILLIS);
        link.swallowAnswers(false);
        assertEchoes(client, "again");
    }

    @Test
    void refuses_connections_until_it_accepts_again_at_the_same_port() throws Exception {
        Socket client = connect();
        assertEchoes(client, "before");
        int port = link.port();
        link.refuse();
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        link.accept();
        assertThat(link.port()).isEqualTo(port);
        assertEchoes(connect(), "after");
    }

    @Test
    void connections_to_a_store_that_is_gone_end() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        try (FaultyLink dead = FaultyLink.to(nobody);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), dead.port())) {
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void requests_are_answered_here_while_the_script_says_so() throws Exception {
        try (ScriptedModelBackend backend = ScriptedModelBackend.start();
                FaultyLink web = FaultyLink.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port()))
                        .http()) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + web.port() + "/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                    .build();
            HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
            assertThat(client.send(request, text).statusCode()).isEqualTo(200);
            web.answerHttp(400, "{\"slow\":\"down\"}");
            for (int i = 1; i <= 3; i++) {
                HttpResponse<String> answer = client.send(request, text);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).isEqualTo("{\"slow\":\"down\"}");
                assertThat(web.answersOfItsOwn()).isEqualTo(i);
            }
            web.forwardHttp();
            assertThat(client.send(request, text).statusCode()).isEqualTo(200);
            assertThat(backend.requests()).hasSize(2);
        }
    }

    @Test
    void closing_it_ends_its_connections_even_where_bytes_are_held() throws Exception {
        Socket client = connect();
        link.stop();
        send(client, "held for ever");
        link.close();
        assertThatThrownBy(() -> read(client, 1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("faulty-link"));
    }
}
