package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.call.AnswerStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client sees of a stream, over a real connection: whole, broken off, or refused before it began. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class BrokenStreamTest {

    private static final String LAST_CHUNK = "0\r\n\r\n";

    private static final AtomicInteger WRITTEN = new AtomicInteger();
    private static volatile AnswerStream.Source source = sink -> {};
    private static DoorServer server;

    @BeforeAll
    static void start() {
        server = DoorServer.start(
                Set.of("audit"),
                call -> new AnswerStream(
                        "application/x-ndjson",
                        sink -> {
                            WRITTEN.incrementAndGet();
                            source.writeTo(sink);
                        },
                        null));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String reply(AnswerStream.Source asked) throws IOException {
        source = asked;
        WRITTEN.set(0);
        String reply = server.get("/audit");
        assertThat(WRITTEN).as("how often the stream was written").hasValue(1);
        assertThat(reply).containsOnlyOnce("X-Request-Id: ").doesNotContain("secret");
        return reply;
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
