package io.clawsec.model.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.model.Message;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelReply.Completed;
import io.clawsec.model.ModelRequest;
import io.clawsec.model.Prompt;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MockModelTest {

    private final MockModel model = new MockModel();

    private static ModelRequest asking(String... prompts) {
        List<Message> messages = List.of(prompts).stream()
                .map(prompt -> new Message(Message.Speaker.USER, new Prompt(prompt)))
                .toList();
        return new ModelRequest("gpt-4o", messages, OptionalInt.of(1), OptionalDouble.of(2));
    }

    private Completed answer(String... prompts) {
        ModelReply reply = model.complete(asking(prompts));
        assertThat(reply).isInstanceOf(Completed.class).isEqualTo(model.complete(asking(prompts)));
        return (Completed) reply;
    }

    @Test
    void saysThatItIsAMockAndHowToGetARealModel() {
        assertThat(answer("Hello").completion().text())
                .startsWith("[mock answer]")
                .contains("1 message and 5 characters", "LLM_API_URL");
        assertThat(answer("Hello").model()).isEqualTo("mock");
        assertThat(model.name()).isEqualTo("mock");
        assertThat(model.live()).isFalse();
    }

    @Test
    void neverEchoesAPrompt() {
        assertThat(answer("zebra-secret-4711", "quux").completion().text())
                .contains("2 messages and 21 characters")
                .doesNotContain("zebra", "4711", "quux");
    }

    @Test
    void countsAStartedTokenAsAToken() {
        assertThat(answer("12345678").promptTokens()).isEqualTo(2);
        assertThat(answer("123456789").promptTokens()).isEqualTo(3);
        assertThat(answer("").promptTokens()).isZero();
        assertThat(answer("\uD83D\uDE00".repeat(4)).promptTokens()).isEqualTo(1);
        Completed reply = answer("x");
        assertThat(reply.completionTokens())
                .isEqualTo((reply.completion().text().length() + 3) / 4);
    }
}
