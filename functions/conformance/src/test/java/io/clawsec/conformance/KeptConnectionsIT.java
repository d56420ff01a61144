package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are used again: an answer either leaves the connection sound, or says that it ends. */
@Timeout(60)
class KeptConnectionsIT {

    private static final RunningClawSec SERVER = SharedClawSec.SERVER;
    private static final int REQUESTS = 30;
    private static final String BODY = "{\"prompt\":\"Hello\"}";

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(
                        200,
                        Ask.post("/query").bearer(SERVER.token("developer")).json(BODY)),
                Arguments.of(
                        200, Ask.get("/policy").bearer(SERVER.token("auditor")).json(BODY)),
                Arguments.of(401, Ask.post("/query").bearer("unsound").json(BODY)),
                Arguments.of(401, Ask.get("/policy").bearer("unsound")),
                Arguments.of(403, Ask.post("/query").json(BODY)),
                Arguments.of(
                        403, Ask.post("/query").bearer(SERVER.token("auditor")).json(BODY)),
                Arguments.of(404, Ask.post("/nowhere").json(BODY)),
                Arguments.of(405, Ask.of("PUT", "/query").json(BODY)),
                Arguments.of(
                        415,
                        Ask.post("/token").with("Content-Type", "text/plain").body(BODY)));
    }

    /** Many, and as fast as they are answered: challenges among them have to wait for their turn. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("answers")
    void a_connection_outlives_an_answer_whether_or_not_the_body_was_read(int status, Ask ask) throws IOException {
        byte[] request = ask.with("Connection", "keep-alive").bytes(SERVER.port());
        try (Wire wire = new Wire(SERVER.port())) {
            for (int i = 0; i < REQUESTS; i++) {
                wire.send(request);
                Reply reply = wire.reply();
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.header("Connection")).isNotEqualTo("close");
            }
        }
    }

    static Stream<Arguments> unfinished() {
        Ask bad = Ask.post("/query").bearer("unsound").with("Connection", "keep-alive");
        return Stream.of(
                Arguments.of("a body that does not come", bad.with("Content-Length", "100"), ""),
                Arguments.of("chunks", bad.with("Transfer-Encoding", "chunked"), "12\r\n" + BODY + "\r\n0\r\n\r\n"));
    }

    /** Twice at once, so that one of the two has to wait for its turn. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinished")
    void where_a_body_is_left_behind_the_answer_says_that_the_connection_ends(String name, Ask ask, String sent)
            throws IOException {
        String head = new String(ask.bytes(SERVER.port()), StandardCharsets.ISO_8859_1);
        try (Wire one = new Wire(SERVER.port());
                Wire other = new Wire(SERVER.port())) {
            one.send(head + sent);
            other.send(head + sent);
            for (Wire wire : new Wire[] {one, other}) {
                Reply reply = wire.reply();
                assertThat(reply.status()).as(name).isEqualTo(401);
                assertThat(reply.header("Connection")).isEqualTo("close");
                assertThat(wire.ended()).isTrue();
            }
        }
    }
}
