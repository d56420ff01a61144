package io.clawsec.model.openai;

import static io.clawsec.model.openai.TestSettings.AMPLE;
import static io.clawsec.model.openai.TestSettings.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import io.clawsec.testkit.ScriptedModelBackend;
import io.clawsec.testkit.ScriptedReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both time-outs hold at every point of a call. */
@Timeout(60)
class OpenAiModelTimeoutTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final ScriptedModelBackend backend = ScriptedModelBackend.start();

    @AfterEach
    void close() {
        backend.close();
    }

    private void assertTimesOut(ScriptedReply reply, Duration read, Duration total) {
        OpenAiModel model = TestSettings.model(TestSettings.impatient(backend.url(), read, total));
        assertThat(model.complete(asking("warm up"))).isInstanceOf(ModelReply.class);
        backend.next(reply);
        long began = System.nanoTime();
        assertThat(model.complete(asking("Hi"))).isEqualTo(new Failed(Failure.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, AMPLE.dividedBy(2));
    }

    @Test
    void silenceBeforeTheAnswerEndsByTheReadTimeout() {
        assertTimesOut(ScriptedReply.stallBeforeHeaders(), SHORT, AMPLE);
    }

    @Test
    void silenceWithinTheAnswerEndsByTheReadTimeout() {
        assertTimesOut(ScriptedReply.stallInBody(), SHORT, AMPLE);
    }

    @Test
    void silenceBeforeTheAnswerEndsByTheTotalTimeout() {
        assertTimesOut(ScriptedReply.stallBeforeHeaders(), AMPLE, SHORT);
    }

    @Test
    void anAnswerThatTricklesOnAndOnEndsByTheTotalTimeout() {
        assertTimesOut(ScriptedReply.trickle("x".repeat(100_000), Duration.ofMillis(5)), AMPLE, SHORT);
    }

    @Test
    void anAnswerMayTakeLongerThanTheReadTimeoutAsLongAsItComes() {
        OpenAiModel model = TestSettings.model(TestSettings.impatient(backend.url(), Duration.ofSeconds(1), AMPLE));
        backend.next(ScriptedReply.trickle("slowly", Duration.ofMillis(10)));
        long began = System.nanoTime();
        assertThat(model.complete(asking("Hi"))).isInstanceOf(Completed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aCallThatIsGivenUpHangsUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> hungUp = CompletableFuture.runAsync(() -> writeUntilItFails(server));
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
            assertThat(TestSettings.model(TestSettings.impatient(url, AMPLE, SHORT))
                            .complete(asking("Hi")))
                    .isEqualTo(new Failed(Failure.TIMEOUT));
            hungUp.join();
        }
    }

    private static void writeUntilItFails(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().read(new byte[64 * 1024]);
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!Thread.currentThread().isInterrupted()) {
                out.write("1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        } catch (IOException e) {
            // the connection was closed: what the test waits for
        }
    }

    @Test
    void anInterruptedCallerReturnsAtOnceAndStaysInterrupted() throws InterruptedException {
        OpenAiModel model = TestSettings.model(TestSettings.of(backend.url()));
        CountDownLatch asked = new CountDownLatch(1);
        backend.always(ScriptedReply.computed(request -> {
            asked.countDown();
            return awaitForever();
        }));
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            ModelReply reply = model.complete(asking("Hi"));
            outcome.complete(reply.equals(new Failed(Failure.TIMEOUT))
                    && Thread.currentThread().isInterrupted());
        });
        caller.start();
        asked.await();
        caller.interrupt();
        assertThat(outcome.join()).isTrue();
    }

    private static String awaitForever() {
        try {
            return String.valueOf(new CountDownLatch(1).await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            return "closed";
        }
    }
}
