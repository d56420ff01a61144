package io.clawsec.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-               | {}",
                "''              | {}",
                "&&              | {}",
                "a=1             | {a=[1]}",
                "a=1&b=2&a=3     | {a=[1, 3], b=[2]}",
                "a               | {a=[]}",
                "a=              | {a=[]}",
                "=1              | {=[1]}",
                "a==             | {a=[=]}",
                "a=b+c%2Bd       | {a=[b c+d]}",
                "%61=%C3%BC      | {a=[ü]}",
                "a=%e2%82%ac     | {a=[€]}",
                "a=%00           | {a=[\u0000]}",
                "a=1;b=2         | {a=[1;b=2]}",
            })
    void it_is_decoded(@Nullable String raw, String expected) {
        assertThat(QueryString.parse(raw)).hasToString(expected.replace("[]", "[" + "]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%-1",
                "a=%+1",
                "%",
                "a=%C3",
                "a=%FF",
                "a=%C0%80",
                "a=%ED%A0%80",
                "a=ü",
                "a= b",
                "a=\t",
                "a=%１１",
                "a=%4１"
            })
    void what_is_broken_is_refused_without_being_quoted(String raw) {
        assertThatThrownBy(() -> QueryString.parse(raw))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("%", "ü");
    }

    @Test
    void it_has_sixty_four_parameters_at_most() {
        String full = String.join("&", Collections.nCopies(64, "a=1"));
        assertThat(QueryString.parse(full)).isEqualTo(Map.of("a", Collections.nCopies(64, "1")));
        assertThatThrownBy(() -> QueryString.parse(full + "&a=1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(QueryString.parse("a=").get("a")).isEqualTo(List.of(""));
    }
}
