package io.clawsec.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.model.Completion;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelReply.Failed;
import io.clawsec.model.ModelReply.Failure;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChatCompletionTest {

    static Stream<String> malformed() {
        return Stream.of(
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"choices\":null}",
                "{\"choices\":[]}",
                "{\"choices\":{}}",
                "{\"choices\":[null]}",
                "{\"choices\":[{}]}",
                "{\"choices\":[{\"message\":null}]}",
                "{\"choices\":[{\"message\":\"text\"}]}",
                "{\"choices\":[{\"message\":{}}]}",
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]}}]}",
                "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"no\"}}]}",
                "{\"choices\":[{\"message\":{\"content\":42}}]}",
                "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}}]}",
                "{\"choices\":[{\"text\":\"an older protocol\"}]}",
                "{\"choices\":[{\"message\":{\"content\":\"a\",\"content\":\"b\"}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"\\ud83d\"}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}{}",
                "{\"choices\":[{\"message\":{\"content\":\"a\"}}]",
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n",
                "{\"error\":{\"message\":\"a 200 that is none\"}}",
                "{\"a\":" + "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void anAnswerWithoutTextInItIsMalformed(String body) {
        assertThat(ChatCompletion.reply(body.getBytes(StandardCharsets.UTF_8), "test-model"))
                .isEqualTo(new Failed(Failure.MALFORMED));
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        byte[] body = "{\"choices\":[{\"message\":{\"content\":\"\u00e9\"}}]}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ChatCompletion.reply(body, "test-model")).isEqualTo(new Failed(Failure.MALFORMED));
    }

    private Completed completed(String rest) {
        ModelReply reply = ChatCompletion.reply(
                ("{\"choices\":[{\"message\":{\"content\":\"\"},\"x\":{}}],\"y\":[1]" + rest + "}")
                        .getBytes(StandardCharsets.UTF_8),
                "test-model");
        assertThat(reply).isInstanceOf(Completed.class);
        return (Completed) reply;
    }

    @Test
    void anEmptyCompletionIsACompletionAndUnknownFieldsArePassedOver() {
        assertThat(completed("")).isEqualTo(new Completed(new Completion(""), "test-model", 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt_tokens\":3,\"completion_tokens\":4}|3|4",
                "{\"prompt_tokens\":-3,\"completion_tokens\":\"4\"}|0|0",
                "{\"prompt_tokens\":1.5,\"completion_tokens\":null}|0|0",
                "{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":1e300}|100000000|0",
                "{}|0|0",
                "null|0|0",
                "[]|0|0"
            })
    void oddCountsOfTokensAreNoneOrBounded(String usage, long prompt, long completion) {
        Completed completed = completed(",\"usage\":" + usage);
        assertThat(completed.promptTokens()).isEqualTo(prompt);
        assertThat(completed.completionTokens()).isEqualTo(completion);
    }

    @Test
    void theModelsNameIsShortAndHasNoControls() {
        assertThat(completed(",\"model\":\"gpt-4o-2024\"").model()).isEqualTo("gpt-4o-2024");
        assertThat(completed(",\"model\":\"a\\r\\nb\\u0000c\\u009f\"").model()).isEqualTo("abc");
        assertThat(completed(",\"model\":\"\\n\"").model()).isEqualTo("test-model");
        assertThat(completed(",\"model\":7").model()).isEqualTo("test-model");
        assertThat(completed(",\"model\":\"" + "x".repeat(1000) + "\"").model()).isEqualTo("x".repeat(128));
        assertThat(completed(",\"model\":\"x" + "\uD83D\uDE00".repeat(100) + "\"")
                        .model())
                .isEqualTo("x" + "\uD83D\uDE00".repeat(63));
    }
}
