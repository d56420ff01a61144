package io.clawsec.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.telemetry.LogRecord;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.SpanName;
import io.clawsec.telemetry.TelemetryTarget;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of spans and lines on their way out, and of those for whom the way is closed. */
@Timeout(30)
class OtlpTelemetryTest {

    private static final UUID REQUEST = new UUID(0, 7);
    private static final TelemetryTarget TARGET = new TelemetryTarget(
            URI.create("http://localhost:4317"),
            "clawsec",
            "1.2.3",
            "here",
            Map.of("service.name", "mine", "team", "a"));

    private final Exports exports = new Exports();
    private final CompletableResultCode never = new CompletableResultCode();
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
    private final OtlpTelemetry telemetry =
            new OtlpTelemetry(TARGET, exports.ofSpans(), exports.ofRecords(), metrics, nanos::get);

    @AfterEach
    void close() {
        never.succeed();
        telemetry.close();
    }

    private Span request() {
        return telemetry.tracing().request(REQUEST, "POST", "/query", null);
    }

    private SpanData only() {
        telemetry.flush();
        assertThat(exports.spans).hasSize(1);
        return exports.spans.get(0);
    }

    @Test
    void a_span_has_its_names_kinds_and_parents() {
        Span request = request();
        request.child(SpanName.VALIDATE_INPUT).end();
        request.child(SpanName.AGENT_QUERY).end();
        request.end();
        telemetry.flush();
        assertThat(exports.spans)
                .extracting(SpanData::getName)
                .containsExactly("policy.validate_input", "agent.query", "POST /query");
        assertThat(exports.spans)
                .extracting(SpanData::getKind)
                .containsExactly(SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.SERVER);
        SpanData root = exports.spans.get(2);
        assertThat(root.getParentSpanContext().isValid()).isFalse();
        assertThat(root.getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("request.id", REQUEST.toString())
                        .put("http.request.method", "POST")
                        .put("http.route", "/query")
                        .build()
                        .asMap());
        assertThat(exports.spans.subList(0, 2))
                .extracting(SpanData::getParentSpanId)
                .containsOnly(root.getSpanId());
        assertThat(exports.spans).extracting(SpanData::getTraceId).containsOnly(root.getTraceId());
        assertThat(Objects.requireNonNull(request.ids()).traceId()).isEqualTo(root.getTraceId());
    }

    @Test
    void only_names_are_said_and_what_is_said_is_bounded() {
        Span span = request();
        span.set(SpanAttribute.GEN_AI_REQUEST_MODEL, "What is the capital of France?");
        span.set(SpanAttribute.GEN_AI_RESPONSE_MODEL, "x".repeat(SpanAttribute.LONGEST + 1));
        span.set(SpanAttribute.POLICY_RULES, List.of("us-ssn", "two words"));
        span.set(SpanAttribute.POLICY_CATEGORIES, Collections.nCopies(SpanAttribute.MOST_VALUES + 1, "pii"));
        span.set(SpanAttribute.USER_ROLE, "agent");
        span.fail("it said: hunter2");
        span.end();
        Attributes told = only().getAttributes();
        assertThat(told.get(AttributeKey.stringKey("gen_ai.request.model"))).isNull();
        assertThat(told.get(AttributeKey.stringKey("gen_ai.response.model"))).isNull();
        assertThat(told.get(AttributeKey.stringArrayKey("policy.rules"))).containsExactly("us-ssn");
        assertThat(told.get(AttributeKey.stringArrayKey("policy.categories"))).hasSize(SpanAttribute.MOST_VALUES);
        assertThat(told.get(AttributeKey.stringKey("user.role"))).isEqualTo("agent");
        assertThat(told.get(AttributeKey.stringKey("error.type"))).isEqualTo("_OTHER");
        assertThat(only().getStatus()).isEqualTo(StatusData.create(StatusCode.ERROR, "_OTHER"));
    }

    @Test
    void a_span_may_end_on_another_thread_once() throws Exception {
        Span span = request();
        Thread other = new Thread(() -> {
            span.set(SpanAttribute.HTTP_STATUS, 200);
            span.end();
        });
        other.start();
        other.join();
        span.set(SpanAttribute.HTTP_STATUS, 500);
        span.end();
        assertThat(only().getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
            })
    void a_client_s_trace_is_a_link_and_its_flag_decides_nothing(String traceparent) {
        telemetry.tracing().request(REQUEST, "POST", "/query", traceparent).end();
        SpanData span = only();
        assertThat(span.getTraceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "00-0af7651916cd43dd8448eb211c80319c",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void what_is_no_traceparent_is_nothing(String header) {
        telemetry.tracing().request(REQUEST, "POST", "/query", header).end();
        assertThat(only().getLinks()).isEmpty();
    }

    @Test
    void what_this_process_itself_has_current_is_the_parent() {
        SpanContext platform = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        try (Scope within = Context.root()
                .with(io.opentelemetry.api.trace.Span.wrap(platform))
                .makeCurrent()) {
            assertThat(within).isNotNull();
            request().end();
        }
        assertThat(only().getParentSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void the_resource_is_the_process_as_an_operator_says() {
        request().end();
        Attributes resource = only().getResource().getAttributes();
        assertThat(resource.get(AttributeKey.stringKey("service.name"))).isEqualTo("mine");
        assertThat(resource.get(AttributeKey.stringKey("service.version"))).isEqualTo("1.2.3");
        assertThat(resource.get(AttributeKey.stringKey("service.instance.id"))).isEqualTo("here");
        assertThat(resource.get(AttributeKey.stringKey("team"))).isEqualTo("a");
    }

    @Test
    void a_line_is_a_record_with_its_span_and_its_facts() {
        Span span = request();
        LogRecord line = new LogRecord(
                Instant.ofEpochSecond(5),
                System.Logger.Level.WARNING,
                "io.clawsec.requests",
                "answered",
                Map.of("status", 200, "micros", 7L, "ok", true, "route", "/query"),
                span.ids());
        telemetry.logs().accept(line);
        telemetry.flush();
        assertThat(exports.records).hasSize(1);
        LogRecordData told = exports.records.get(0);
        assertThat(told.getTimestampEpochNanos()).isEqualTo(5_000_000_000L);
        assertThat(told.getSeverity()).isEqualTo(Severity.WARN);
        assertThat(String.valueOf(Objects.requireNonNull(told.getBodyValue()).asString()))
                .isEqualTo("answered");
        assertThat(told.getInstrumentationScopeInfo().getName()).isEqualTo("io.clawsec.requests");
        assertThat(told.getSpanContext().getSpanId())
                .isEqualTo(Objects.requireNonNull(span.ids()).spanId());
        assertThat(told.getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("status", 200L)
                        .put("micros", 7L)
                        .put("ok", true)
                        .put("route", "/query")
                        .build()
                        .asMap());
    }

    @Test
    void what_finds_no_room_is_dropped_at_once_and_counted() {
        exports.result = () -> never; // a receiver that never answers
        int offered = Lane.MOST_WAITING + Lane.BATCH + 1000;
        for (int i = 0; i < offered; i++) {
            request().end();
        }
        assertThat(metrics.lost("spans", "overflow"))
                .as("one batch is on its way, so many wait, the rest is lost")
                .isBetween((double) offered - Lane.MOST_WAITING - Lane.BATCH, (double) offered - Lane.MOST_WAITING);
        assertThat(metrics.lost("logs", "overflow")).isZero();
    }

    @Test
    void what_is_not_delivered_is_counted() {
        exports.result = () -> CompletableResultCode.ofExceptionalFailure(new ConnectException("refused"));
        request().end();
        request().end();
        telemetry.flush();
        assertThat(metrics.lost("spans", "undelivered")).isEqualTo(2);
    }

    @Test
    void a_receiver_that_hangs_costs_one_flush_a_minute() {
        exports.result = () -> never;
        request().end();
        assertThat(millis(telemetry::flush))
                .as("the first waits for its deadline")
                .isBetween(OtlpTelemetry.FLUSH_DEADLINE.toMillis() - 100, OtlpTelemetry.FLUSH_DEADLINE.toMillis() * 3);
        request().end();
        nanos.addAndGet(Deliveries.PAUSE.toNanos() - 1);
        assertThat(millis(telemetry::flush)).as("the next do not wait").isLessThan(100);
    }

    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
