package io.clawsec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text in a trace has the form of a name, and nothing that somebody wrote has it. */
class SpanAttributeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/config/llm",
                "5f0c9a52-6f7f-4d55-9d0b-6f0a6a1c2b11",
                "gpt-4o-mini",
                "meta-llama/Llama-3:70b@q4",
                "io.clawsec.guard.Guard$Broken",
                "pii",
                "aws.dynamodb"
            })
    void a_name_is_admitted(String name) {
        assertThat(SpanAttribute.admits(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                "line\nbreak",
                "[EMAIL-REDACTED]",
                "{\"prompt\":1}",
                "Grüße",
                "a\u0000b",
                "quote'"
            })
    void a_text_that_somebody_wrote_is_not(String text) {
        assertThat(SpanAttribute.admits(text)).isFalse();
    }

    @Test
    void a_name_has_a_longest_length() {
        assertThat(SpanAttribute.admits("a".repeat(SpanAttribute.LONGEST))).isTrue();
        assertThat(SpanAttribute.admits("a".repeat(SpanAttribute.LONGEST + 1))).isFalse();
    }

    @Test
    void no_key_is_there_twice_and_none_tells_who_or_what_was_said() {
        assertThat(Stream.of(SpanAttribute.values()).map(SpanAttribute::key))
                .doesNotHaveDuplicates()
                .noneMatch(key -> key.matches(".*(user\\.id|enduser|message|prompt|completion|content|instructions"
                        + "|client\\.address|user_agent|query|header).*"));
    }
}
