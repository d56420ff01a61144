package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error table's 413: a body over 1 MB is refused before it is held, however it is sent. */
@Timeout(60)
class LargeBodiesIT {

    private static final RunningClawSec SERVER = SharedClawSec.SERVER;
    private static final int MEGABYTE = 1 << 20;
    private static final String OVER = Integer.toString(MEGABYTE + 1);

    /** What the server and both sockets may hold of a body that nobody reads. */
    private static final int MOST_TAKEN_BYTES = 16 * MEGABYTE;

    static Stream<ErrorRow> announced() {
        Ask query = Ask.post("/query").as("developer").with("Content-Type", "application/json");
        Ask token = Ask.post("/token").with("Content-Type", "application/json");
        return Stream.of(
                row("a byte too many", query.body("x".repeat(MEGABYTE + 1)), "request_refused"),
                row("a byte too many for a token", token.body("x".repeat(MEGABYTE + 1)), "token_refused"),
                row("announced and not sent", query.with("Content-Length", OVER), "request_refused"),
                row("announced for a token and not sent", token.with("Content-Length", OVER), "token_refused"),
                row("announced with 9 EB", query.with("Content-Length", "9223372036854775807"), "request_refused"),
                row(
                        "announced by somebody who waits to be told",
                        query.with("Expect", "100-continue").with("Content-Length", OVER),
                        "request_refused"),
                row(
                        "announced without a type",
                        Ask.post("/query").as("developer").with("Content-Length", OVER),
                        "request_refused"),
                row(
                        "in one chunk",
                        query.with("Transfer-Encoding", "chunked").body(chunk(MEGABYTE + 1) + "0\r\n\r\n"),
                        "request_refused"),
                row(
                        "in many chunks",
                        query.with("Transfer-Encoding", "chunked")
                                .body(chunk(1000).repeat(1100)),
                        "request_refused"),
                row(
                        "for a token in many chunks",
                        token.with("Transfer-Encoding", "chunked")
                                .body(chunk(1000).repeat(1100)),
                        "token_refused"));
    }

    private static ErrorRow row(String name, Ask ask, String event) {
        return new ErrorRow(name, ask, 413, "body_too_large", event);
    }

    private static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("announced")
    void a_body_over_a_megabyte_is_413(ErrorRow row) {
        ErrorTable.hold(SERVER, row);
    }

    @Test
    void a_megabyte_is_not_too_much() {
        String question = "{\"prompt\":\"" + MARK + "\"}";
        String asking = "{\"user_id\":\"alice\",\"role\":\"agent\"}";
        Ask query = Ask.post("/query").as("developer");
        Ask token = Ask.post("/token");
        assertThat(SERVER.send(query.json(padded(question))).status()).isEqualTo(200);
        assertThat(SERVER.send(token.json(padded(asking))).status()).isEqualTo(200);
        Reply chunked = SERVER.send(query.with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .body(Integer.toHexString(MEGABYTE) + "\r\n" + padded(question) + "\r\n0\r\n\r\n"));
        assertThat(chunked.status()).isEqualTo(200);
    }

    private static String padded(String json) {
        return json + " ".repeat(MEGABYTE - json.length());
    }

    @Test
    void whoever_waits_to_be_told_is_told_to_go_on_where_the_body_is_wanted() throws IOException {
        Ask ask = Ask.post("/query").bearer(SERVER.token("developer")).with("Expect", "100-continue");
        try (Wire wire = new Wire(SERVER.port())) {
            wire.send(ask.with("Content-Length", "19")
                    .with("Content-Type", "application/json")
                    .bytes(SERVER.port()));
            assertThat(wire.reply().status()).isEqualTo(100);
            wire.send("{\"prompt\":\"Hello!\"}");
            assertThat(wire.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void the_server_does_not_read_on_when_a_body_has_no_end() throws IOException {
        byte[] head = Ask.post("/query")
                .bearer(SERVER.token("developer"))
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .bytes(SERVER.port());
        byte[] chunk = chunk(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try (Wire wire = new Wire(SERVER.port())) {
            wire.send(head);
            try {
                while (sent <= MOST_TAKEN_BYTES) {
                    wire.send(chunk);
                    sent += chunk.length;
                }
            } catch (IOException e) {
                // It has hung up: what it has said is still there to be read.
            }
            assertThat(sent).as("bytes it took").isLessThan(MOST_TAKEN_BYTES);
            assertThat(wire.reply().status()).isEqualTo(413);
        }
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                Arguments.of("the end of the stream", "Content-Length: 100\r\n\r\n{\"prompt\":\"" + MARK),
                Arguments.of("the end of the stream in a chunk", "Transfer-Encoding: chunked\r\n\r\n64\r\n{" + MARK),
                Arguments.of("a length of a chunk that is none", "Transfer-Encoding: chunked\r\n\r\nzz\r\n{" + MARK),
                Arguments.of("a chunk longer than it says", "Transfer-Encoding: chunked\r\n\r\n2\r\n{" + MARK));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBodies")
    void a_body_that_breaks_off_is_400_and_the_audit_knows_it_by_the_same_id(String name, String rest)
            throws IOException {
        String head =
                "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + SERVER.token("developer") + "\r\n";
        try (Wire wire = new Wire(SERVER.port())) {
            wire.send(head + rest);
            wire.sayNoMore();
            Reply reply = wire.reply();
            ErrorTable.holds(new ErrorRow(name, Ask.post("/query"), 400, "malformed_request", null), reply);
            assertThat(SERVER.events(reply.header("X-Request-Id")))
                    .extracting(event -> event.get("event_type"))
                    .containsExactly("request_refused");
        }
    }

    @Test
    void a_route_without_a_body_leaves_one_unread() {
        Reply reply = SERVER.send(Ask.get("/policy").as("auditor").with("Content-Length", "999999999"));
        assertThat(reply.status()).isEqualTo(200);
        Ask broken = Ask.get("/policy")
                .as("auditor")
                .with("Transfer-Encoding", "chunked")
                .body("zz\r\n" + MARK);
        assertThat(SERVER.send(broken).status()).isEqualTo(200);
    }
}
