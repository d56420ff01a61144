package io.clawsec.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.edge.http.OutgoingResponse.Header;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {

    private static IncomingRequest from(@Nullable String origin) {
        Map<String, List<String>> headers = origin == null ? Map.of() : Map.of("origin", List.of(origin));
        return new IncomingRequest("GET", "/policy", null, headers, most -> new byte[0], null);
    }

    private static @Nullable String allowed(Cors cors, @Nullable String origin) {
        return cors.headers(from(origin)).stream()
                .filter(header -> header.name().equals("Access-Control-Allow-Origin"))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest(name = "listed {0}, asked by {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "https://a.example, https://a.example,      https://a.example",
                "https://a.example, https://b.example,      -",
                "https://a.example, https://a.example.evil, -",
                "https://a.example, http://a.example,       -",
                "https://a.example, https://A.example,      -",
                "https://a.example, https://a.example:443,  -",
                "https://a.example, null,                   -",
                "https://a.example, -,                      -",
                "*,                 https://b.example,      *",
                "*,                 null,                   *",
                "*,                 -,                      -",
            })
    void an_origin_is_allowed_exactly_as_it_is_listed(
            String listed, @Nullable String origin, @Nullable String expected) {
        assertThat(allowed(new Cors(Set.of(listed)), origin)).isEqualTo(expected);
    }

    @Test
    void without_a_list_nothing_is_said_at_all() {
        assertThat(new Cors(Set.of()).headers(from("https://a.example"))).isEmpty();
    }

    @Test
    void caches_learn_that_answers_differ_by_origin_and_credentials_are_never_allowed() {
        Cors cors = new Cors(Set.of("https://a.example"));
        assertThat(cors.headers(from(null))).containsExactly(new Header("Vary", "Origin"));
        assertThat(cors.headers(from("https://a.example")))
                .contains(new Header("Vary", "Origin"))
                .extracting(Header::name)
                .doesNotContain("Access-Control-Allow-Credentials");
    }

    @Test
    void scripts_may_read_the_request_id_and_the_limits() {
        assertThat(new Cors(Set.of("*")).headers(from("https://a.example")))
                .filteredOn(header -> header.name().equals("Access-Control-Expose-Headers"))
                .singleElement()
                .extracting(Header::value)
                .asString()
                .contains("X-Request-Id", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
    }
}
