package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server lets through to the door, which answers it, and what it refuses itself. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class WebServerTest {

    private static DoorServer server;

    @BeforeAll
    static void start() {
        server = DoorServer.start(Set.of(), call -> {
            throw new IllegalStateException("there is no route");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String statusLine(String target) throws IOException {
        String reply = server.get(target);
        assertThat(reply).contains("X-Request-Id: ");
        return reply.lines().findFirst().orElse("").strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a|b", "/a\"<>[]^`{|}", "/health|", "/health%7C", "/health%2F", "/health%5C", "/%5chealth"})
    void the_door_finds_nothing_at_an_odd_path(String path) throws IOException {
        assertThat(statusLine(path)).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health?a=\"<>[\\]^`{|}", "/health?a=%zz"})
    void the_door_judges_the_query_string(String target) throws IOException {
        assertThat(statusLine(target)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/health%00", "/../health", "/health#a", "/health?a=\u00e9", "/a b"})
    void what_is_no_target_is_refused(String target) throws IOException {
        assertThat(statusLine(target)).startsWith("HTTP/1.1 400");
    }

    @Test
    void a_question_about_the_server_as_a_whole_is_answered_by_the_door_too() throws IOException {
        assertThat(server.ask("OPTIONS", "*"))
                .startsWith("HTTP/1.1 404")
                .contains("X-Request-Id: ", "X-Clawsec-Policy: ", "\"code\":\"not_found\"")
                .doesNotContain("Allow: ");
        assertThat(server.ask("GET", "*")).startsWith("HTTP/1.1 400").contains("X-Request-Id: ");
    }
}
