package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of other origins: none may call unless its origin is listed. */
@Timeout(60)
class CorsIT {

    private static final String LISTED = "https://app.example";
    private static final RunningClawSec SERVER =
            RunningClawSec.start(Map.of("ALLOWED_ORIGINS", LISTED + ",https://other.example"));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Ask preflight(String path, String origin) {
        return Ask.of("OPTIONS", path)
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization,content-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/query", "/token", "/audit", "/policy", "/rbac/roles", "/health", "/metrics"})
    void a_preflight_of_a_listed_origin_is_204_without_a_token(String path) {
        Reply reply = SERVER.send(preflight(path, LISTED));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        ErrorTable.everyResponse(reply);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(reply.header("Access-Control-Allow-Methods"))
                .isEqualTo(List.of("/query", "/token").contains(path) ? "POST" : "GET");
        assertThat(reply.header("Access-Control-Allow-Headers")).isEqualTo("Authorization, Content-Type");
        assertThat(reply.header("Vary")).isEqualTo("Origin");
        assertThat(SERVER.events(reply.header("X-Request-Id"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://attacker.example",
                "https://app.example.attacker.example",
                "http://app.example",
                "https://app.example:8443",
                "https://APP.example",
                "https://app.example/",
                "null",
                ""
            })
    void any_other_origin_gets_no_permission(String origin) {
        for (Ask ask : List.of(preflight("/query", origin), Ask.get("/health").with("Origin", origin))) {
            Reply reply = SERVER.send(ask);
            assertThat(reply.status()).isIn(200, 204);
            assertThat(reply.headers()).noneMatch(header -> header.name().startsWith("Access-Control-"));
            assertThat(reply.header("Vary")).isEqualTo("Origin");
        }
    }

    @Test
    void an_answer_and_an_error_can_be_read_by_scripts_of_a_listed_origin() {
        Ask question = Ask.post("/query").json("{\"prompt\":\"Hello\"}").with("Origin", LISTED);
        for (Ask ask : List.of(
                question.as("agent"),
                question,
                Ask.get("/nowhere").with("Origin", LISTED),
                Ask.get("/x%zz").with("Origin", LISTED))) {
            Reply reply = SERVER.send(ask);
            ErrorTable.everyResponse(reply);
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
            assertThat(reply.header("Access-Control-Expose-Headers"))
                    .contains(
                            "X-Request-Id", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
            assertThat(reply.all("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    @Test
    void a_listed_origin_may_ask_for_a_token_in_development_mode() {
        Ask ask = Ask.post("/token").json("{\"user_id\":\"alice\",\"role\":\"agent\"}");
        assertThat(SERVER.send(ask.with("Origin", LISTED)).status()).isEqualTo(200);
        assertThat(SERVER.send(ask.with("Origin", "http://localhost:" + SERVER.port()))
                        .status())
                .as("its own pages")
                .isEqualTo(200);
    }

    @Test
    void without_a_list_no_origin_may_call() {
        Reply reply = SharedClawSec.SERVER.send(preflight("/query", LISTED));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers()).noneMatch(header -> header.name().startsWith("Access-Control-"));
        assertThat(reply.all("Vary")).isEmpty();
    }
}
