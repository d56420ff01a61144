package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Clients that begin and fall silent hold nothing for long. All are silent at once, beside the other tests. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SlowClientsIT {

    /** The silence that is borne is 10 s; the rest is for a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int MANY = 50;

    private static final List<Wire> WIRES = new ArrayList<>();
    private static final RunningClawSec SERVER = SharedClawSec.SERVER;
    private static long began;

    @BeforeAll
    static void fallSilent() throws IOException {
        Ask query = Ask.post("/query").bearer(SERVER.token("agent")).with("Content-Type", "application/json");
        Ask token = Ask.post("/token").with("Content-Type", "application/json");
        began = System.nanoTime();
        say("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Half: " + MARK);
        say("GET /hea");
        say(text(query.with("Content-Length", "100")) + "{\"prompt\":\"" + MARK);
        say(text(query.with("Transfer-Encoding", "chunked")) + "100\r\n{\"prompt\":\"" + MARK);
        say(text(token.with("Content-Length", "100")) + "{\"user_id\":\"" + MARK);
        for (int i = 0; i < MANY; i++) {
            say("POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Le");
        }
    }

    private static String text(Ask ask) {
        return new String(ask.bytes(SERVER.port()), StandardCharsets.ISO_8859_1);
    }

    private static void say(String something) throws IOException {
        Wire wire = new Wire(SERVER.port());
        wire.send(something);
        WIRES.add(wire);
    }

    @AfterAll
    static void hangUp() throws IOException {
        for (Wire wire : WIRES) {
            wire.close();
        }
    }

    @Test
    void half_a_head_is_hung_up_on() throws IOException {
        assertThat(WIRES.get(0).ended()).isTrue();
        assertThat(WIRES.get(1).ended()).isTrue();
        for (Wire wire : WIRES.subList(5, 5 + MANY)) {
            assertThat(wire.ended()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(5), LONGEST);
    }

    @Test
    void half_a_body_is_408() throws IOException {
        for (int i : List.of(2, 3, 4)) {
            Reply reply = WIRES.get(i).reply();
            ErrorTable.holds(
                    new ErrorRow("half a body", Ask.post(i == 4 ? "/token" : "/query"), 408, "request_timeout", null),
                    reply);
            assertThat(SERVER.events(reply.header("X-Request-Id")))
                    .extracting(event -> event.get("event_type"))
                    .containsExactly(i == 4 ? "token_refused" : "request_refused");
            assertThat(WIRES.get(i).ended()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
    }

    @Test
    void meanwhile_everybody_else_is_served() {
        assertThat(SERVER.send(Ask.get("/health")).status()).isEqualTo(200);
    }
}
