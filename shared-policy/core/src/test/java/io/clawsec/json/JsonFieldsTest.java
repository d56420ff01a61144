package io.clawsec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static JsonFields fields(String text) throws MalformedJsonException {
        return new JsonFields(Json.parseObject(text));
    }

    @Test
    void givesWhatIsThere() throws MalformedJsonException {
        JsonFields fields = fields("{\"prompt\":\"hi\",\"model\":null,\"n\":5,\"t\":0.5,\"u\":1}");
        assertThat(fields.requiredText("prompt")).isEqualTo("hi");
        assertThat(fields.optionalText("model")).isNull();
        assertThat(fields.optionalText("absent")).isNull();
        assertThat(fields.optionalInt("n", 1, 5)).isEqualTo(OptionalInt.of(5));
        assertThat(fields.optionalInt("absent", 1, 5)).isEmpty();
        assertThat(fields.optionalNumber("t", 0, 2)).isEqualTo(OptionalDouble.of(0.5));
        assertThat(fields.optionalNumber("u", 0, 2)).isEqualTo(OptionalDouble.of(1));
        assertThat(fields.errors()).isEmpty();
    }

    @Test
    void namesEveryMistakeAtOnceAndUnknownFieldsLast() throws MalformedJsonException {
        JsonFields fields = fields("{\"zebra\":1,\"prompt\":7,\"n\":0,\"t\":\"hot\"}");
        assertThat(fields.requiredText("prompt")).isEmpty();
        assertThat(fields.requiredText("role")).isEmpty();
        assertThat(fields.optionalInt("n", 1, 5)).isEmpty();
        assertThat(fields.optionalNumber("t", 0, 2)).isEmpty();
        List<FieldError> errors = fields.errors();
        assertThat(errors)
                .containsExactly(
                        new FieldError("prompt", "must be a string"),
                        new FieldError("role", "is required"),
                        new FieldError("n", "must be an integer from 1 to 5"),
                        new FieldError("t", "must be a number from 0.0 to 2.0"),
                        new FieldError("zebra", "is not a field of this request"));
        assertThat(fields.errors()).as("asked again").isEqualTo(errors);
    }

    @Test
    void nullIsAMissingText() throws MalformedJsonException {
        JsonFields fields = fields("{\"prompt\":null}");
        assertThat(fields.requiredText("prompt")).isEmpty();
        assertThat(fields.errors()).containsExactly(new FieldError("prompt", "is required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "0", "5.0", "1e0", "\"5\"", "true", "[5]", "{}", "4294967297", "99999999999999999999"})
    void anIntegerIsAnIntegerWithinItsBounds(String value) throws MalformedJsonException {
        JsonFields fields = fields("{\"n\":" + value + "}");
        assertThat(fields.optionalInt("n", 1, 5)).isEmpty();
        assertThat(fields.errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0000001", "-1e-9", "1e999", "-1", "\"1\"", "false", "[]"})
    void aNumberIsANumberWithinItsBounds(String value) throws MalformedJsonException {
        JsonFields fields = fields("{\"t\":" + value + "}");
        assertThat(fields.optionalNumber("t", 0, 2)).isEmpty();
        assertThat(fields.errors()).hasSize(1);
    }

    @Test
    void listsAtMost32MistakesWithAtMost64CharactersOfAName() {
        Map<String, @Nullable Object> many = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put("\uD83D\uDE00".repeat(100) + i, 1L);
        }
        List<FieldError> errors = new JsonFields(many).errors();
        assertThat(errors)
                .hasSize(32)
                .allSatisfy(error -> assertThat(error.field()).isEqualTo("\uD83D\uDE00".repeat(64)));
    }

    @Test
    void aRequiredTextStaysRequiredWhenTheListOfMistakesIsFull() {
        JsonFields fields = new JsonFields(Map.of());
        for (int i = 0; i < 40; i++) {
            assertThat(fields.requiredText("field" + i)).isEmpty();
        }
        assertThat(fields.errors()).hasSize(32);
    }
}
