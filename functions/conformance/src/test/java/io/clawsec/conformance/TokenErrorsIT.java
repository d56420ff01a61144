package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The error table's 401: tokens that nobody may believe, whatever else the request is. */
@Timeout(60)
class TokenErrorsIT {

    private static final RunningClawSec SERVER = SharedClawSec.SERVER;
    private static final String QUESTION = "{\"prompt\":\"What is the capital of France?\"}";

    static Stream<UnsoundToken> unsoundTokens() {
        return UnsoundToken.ofSecret(SERVER.secret());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsoundTokens")
    void an_unsound_token_is_401(UnsoundToken unsound) {
        String token = unsound.forge().apply(ForgedToken.of(SERVER, "agent"));
        Reply reply = ErrorTable.hold(
                SERVER,
                unauthorized(unsound.name(), Ask.post("/query").bearer(token).json(QUESTION)));
        if (token.length() > 8) {
            assertThat(reply.everything()).doesNotContain(token);
        }
    }

    static Stream<ErrorRow> otherWaysToSendATokenWrongly() {
        String good = SERVER.token("administrator");
        String bad = ForgedToken.of(SERVER, "administrator").lives(-3700, 3600).text();
        Ask ask = Ask.post("/query").json(QUESTION);
        return Stream.of(
                unauthorized("two Authorization headers", ask.bearer(good).bearer(good)),
                unauthorized("a good one before a bad one", ask.bearer(good).bearer(bad)),
                unauthorized("a bad one before a good one", ask.bearer(bad).bearer(good)),
                unauthorized(
                        "Basic and Bearer",
                        ask.with("Authorization", "Basic YTpi").bearer(good)),
                unauthorized("two tokens in one header", ask.bearer(good + ", Bearer " + good)),
                unauthorized("Bearer and nothing", ask.with("Authorization", "Bearer")),
                unauthorized("Bearer and spaces", ask.with("Authorization", "Bearer    ")),
                unauthorized("a key and a value", ask.with("Authorization", "Bearer token=" + good)),
                unauthorized(
                        "before the body: no JSON",
                        Ask.post("/query").bearer(bad).body(MARK)),
                unauthorized(
                        "before the body: a media type that is none",
                        Ask.post("/query")
                                .bearer(bad)
                                .with("Content-Type", MARK)
                                .body("x")),
                unauthorized(
                        "before the body: too large",
                        Ask.post("/query").bearer(bad).json("x".repeat(1_100_000))),
                unauthorized("before the parameters", Ask.get("/audit?limit=-1").bearer(bad)),
                unauthorized("/audit", Ask.get("/audit").bearer(bad)),
                unauthorized("/policy", Ask.get("/policy").bearer(bad)),
                unauthorized("/rbac/roles", Ask.get("/rbac/roles").bearer(bad)),
                unauthorized("/metrics", Ask.get("/metrics").bearer(bad)));
    }

    private static ErrorRow unauthorized(String name, Ask ask) {
        return new ErrorRow(name, ask, 401, "invalid_token", "auth_failure")
                .expecting("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherWaysToSendATokenWrongly")
    void a_token_sent_wrongly_is_401(ErrorRow row) {
        ErrorTable.hold(SERVER, row);
    }

    @Test
    void a_token_of_another_server_is_401() {
        try (RunningClawSec other = RunningClawSec.start()) {
            ErrorTable.hold(SERVER, unauthorized("foreign", Ask.get("/policy").bearer(other.token("administrator"))));
        }
    }

    @Test
    void a_sound_token_is_believed_in_every_way_it_may_be_sent_or_made() {
        ForgedToken token = ForgedToken.of(SERVER, "auditor");
        for (Ask ask : List.of(
                Ask.get("/policy").with("Authorization", "bearer " + token.original()),
                Ask.get("/policy").with("AUTHORIZATION", "BEARER   " + token.original()),
                Ask.get("/policy").bearer(token.text()),
                Ask.get("/policy")
                        .bearer(token.header("typ", "application/at+jwt").text()),
                Ask.get("/policy")
                        .bearer(token.claim("aud", List.of("other", "clawsec")).text()),
                Ask.get("/policy").bearer(token.claim("anything", MARK).text()),
                Ask.get("/policy")
                        .bearer(token.claim("sub", "\ud83d\ude00".repeat(256)).text()),
                Ask.get("/policy").bearer(token.lives(-5, 86_400).without("nbf").text()))) {
            assertThat(SERVER.send(ask).status())
                    .as(String.join("\n", ask.headers()))
                    .isEqualTo(200);
        }
    }
}
