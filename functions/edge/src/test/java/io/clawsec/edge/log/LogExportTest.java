package io.clawsec.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.clawsec.json.Json;
import io.clawsec.telemetry.LogRecord;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.TraceIds;
import io.clawsec.testkit.TraceRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What of a line leaves beside standard output, and how it finds its request's span. */
class LogExportTest {

    private static final String CANARY = "canary-77aa";
    private static final UUID REQUEST = new UUID(0, 7);

    private final List<LogRecord> exported = new ArrayList<>();
    private final LogExportAppender appender = new LogExportAppender(exported::add);
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.clawsec.test");

    private LogRecord exported(LoggingEvent event) {
        appender.append(event);
        assertThat(exported).hasSize(1);
        return exported.remove(0);
    }

    private LoggingEvent event(Level level, @Nullable Throwable thrown) {
        return new LoggingEvent("here", logger, level, "it is {}", thrown, new Object[] {"so"});
    }

    @Test
    void a_record_has_what_the_line_has() {
        LoggingEvent event = event(Level.INFO, null);
        event.setKeyValuePairs(List.of(
                new KeyValuePair("status", 200), new KeyValuePair("route", "/query"), new KeyValuePair("ok", true)));
        LogRecord line = exported(event);
        assertThat(line.time()).isEqualTo(event.getInstant());
        assertThat(line.logger()).isEqualTo("io.clawsec.test");
        assertThat(line.message()).isEqualTo("it is so");
        assertThat(line.facts()).isEqualTo(Map.of("status", 200, "route", "/query", "ok", true));
        assertThat(line.span()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"TRACE, TRACE", "DEBUG, DEBUG", "INFO, INFO", "WARN, WARNING", "ERROR, ERROR"})
    void a_level_is_the_same_in_java_s_words(String logback, System.Logger.Level level) {
        assertThat(exported(event(Level.toLevel(logback), null)).level()).isEqualTo(level);
    }

    @Test
    void of_an_exception_classes_and_places_leave_and_no_message() {
        Exception thrown = new IllegalStateException(CANARY, new IllegalArgumentException(CANARY));
        LogRecord line = exported(event(Level.ERROR, thrown));
        assertThat(line.facts()).containsEntry("exception.type", "java.lang.IllegalStateException");
        assertThat(line.facts().get("exception.stacktrace"))
                .asString()
                .startsWith("java.lang.IllegalStateException\n\tat ")
                .contains("Caused by: java.lang.IllegalArgumentException\n", "LogExportTest");
        assertThat(line.facts().toString()).doesNotContain(CANARY);
    }

    @Test
    void a_line_within_a_request_names_it_and_one_behind_it_does_not() throws Exception {
        Span span = new TraceRecorder().request(REQUEST, "POST", "/query", null);
        TraceIds ids = Objects.requireNonNull(span.ids());
        LoggingEvent event = event(Level.WARN, null);
        try (LogContext context = LogContext.of(REQUEST, span)) {
            assertThat(context).isNotNull();
            assertThat(exported(event)).satisfies(line -> {
                assertThat(line.span()).isEqualTo(ids);
                assertThat(line.facts()).isEqualTo(Map.of("request_id", REQUEST.toString()));
            });
            assertThat(line(event))
                    .containsEntry("trace_id", ids.traceId())
                    .containsEntry("span_id", ids.spanId())
                    .containsEntry("request_id", REQUEST.toString());
        }
        assertThat(exported(event).span()).isNull();
        assertThat(line(event)).doesNotContainKeys("trace_id", "span_id", "request_id");
    }

    @Test
    void where_nothing_is_traced_the_thread_keeps_nothing() {
        LogContext context = LogContext.of(REQUEST, Span.NONE);
        assertThat(LogContext.of(REQUEST, Span.NONE)).isSameAs(context);
        assertThat(LogContext.current()).isNull();
        context.close();
    }

    @Test
    void lines_leave_until_the_export_is_ended() {
        Runnable end = JsonLog.exportTo(exported::add);
        logger.warn("one");
        end.run();
        logger.warn("two");
        assertThat(exported).extracting(LogRecord::message).containsExactly("one");
    }

    private static Map<String, @Nullable Object> line(LoggingEvent event) throws Exception {
        return Json.parseObject(new JsonLogEncoder().encode(event));
    }
}
