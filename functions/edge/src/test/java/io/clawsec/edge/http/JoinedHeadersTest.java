package io.clawsec.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Header lines and lines that a gateway joined are the same headers. */
class JoinedHeadersTest {

    private static List<String> values(String name, List<String> lines) {
        return new IncomingRequest("GET", "/", null, Map.of(name, lines), most -> new byte[0], null)
                .headers()
                .getOrDefault(name, List.of());
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(List.of("Bearer a"), List.of("Bearer a")),
                Arguments.of(List.of(""), List.of("")),
                Arguments.of(List.of("Bearer a", "Bearer b"), List.of("Bearer a", "Bearer b")),
                Arguments.of(List.of("Bearer a,"), List.of("Bearer a", "")),
                Arguments.of(List.of("", "Bearer a"), List.of("", "Bearer a")),
                Arguments.of(List.of("Basic a, Bearer b"), List.of("Basic a", "Bearer b")),
                Arguments.of(List.of("Digest a=\"b,c\", d=\"e\""), List.of("Digest a=\"b,c\"", "d=\"e\"")),
                Arguments.of(List.of("x;a=\"b\\\",c\""), List.of("x;a=\"b\\\",c\"")),
                Arguments.of(List.of("x;a=\"b\\\\\"", "y"), List.of("x;a=\"b\\\\\"", "y")),
                Arguments.of(List.of("x;a=\\", "y"), List.of("x;a=\\", "y")),
                Arguments.of(List.of("x;a=\"b", "y"), List.of("x;a=\"b,y")),
                Arguments.of(List.of("x;a=\"b\\", "y"), List.of("x;a=\"b\\,y")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void what_commas_join_is_apart_whoever_joined_it(List<String> lines, List<String> expected) {
        for (String name : List.of("authorization", "content-type", "origin")) {
            assertThat(values(name, lines)).isEqualTo(expected);
            assertThat(values(name, List.of(String.join(",", lines)))).isEqualTo(expected);
        }
    }

    @Test
    void other_headers_are_as_they_came() {
        assertThat(values("x-forwarded-for", List.of("a, b", "c"))).containsExactly("a, b", "c");
        assertThat(values("accept", List.of("a,b"))).containsExactly("a,b");
    }
}
