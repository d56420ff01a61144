package io.clawsec.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.clawsec.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLogEncoderTest {

    private static final String CANARY = "canary-5d1f";

    private final Logger logger = new LoggerContext().getLogger("io.clawsec.test");
    private final JsonLogEncoder encoder = new JsonLogEncoder();

    @Test
    void an_event_is_one_line_of_json() throws Exception {
        LoggingEvent event = new LoggingEvent("here", logger, Level.INFO, "line one\nline {}", null, new Object[] {2});
        String line = text(event);
        assertThat(line).endsWith("\n").hasLineCount(1);
        assertThat(fields(line))
                .containsEntry("level", "INFO")
                .containsEntry("logger", "io.clawsec.test")
                .containsEntry("message", "line one\nline 2")
                .containsKey("timestamp");
    }

    @Test
    void of_an_exception_it_tells_classes_and_places_and_no_message() throws Exception {
        Exception thrown = new IllegalStateException(CANARY, new IllegalArgumentException(CANARY));
        String line = text(new LoggingEvent("here", logger, Level.ERROR, "broken", thrown, null));
        assertThat(line)
                .doesNotContain(CANARY)
                .contains("java.lang.IllegalStateException", "java.lang.IllegalArgumentException")
                .contains("JsonLogEncoderTest");
        assertThat(fields(line)).containsKey("exception");
    }

    @Test
    void key_value_pairs_are_fields_and_never_replace_the_line_s_own() throws Exception {
        LoggingEvent event = new LoggingEvent("here", logger, Level.INFO, "answered", null, null);
        event.setKeyValuePairs(List.of(
                new KeyValuePair("status", 200),
                new KeyValuePair("level", "forged"),
                new KeyValuePair("any", List.of())));
        assertThat(fields(text(event)))
                .containsEntry("status", 200L)
                .containsEntry("level", "INFO")
                .containsEntry("any", "[]");
    }

    @Test
    void a_message_with_half_a_surrogate_pair_is_still_a_line() throws Exception {
        String line = text(new LoggingEvent("here", logger, Level.INFO, "half \ud83d only", null, null));
        assertThat(fields(line)).containsEntry("message", "half \ufffd only");
    }

    private String text(LoggingEvent event) {
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> fields(String line) throws Exception {
        return Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
    }
}
