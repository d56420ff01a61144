package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.LogExport;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Telemetry;
import io.clawsec.telemetry.TelemetryTarget;
import io.clawsec.telemetry.Tracing;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * OpenTelemetry's SDK, put together by hand: two bounded lanes, one for spans and one for log records.
 *
 * <p>A request hands over and goes on. What finds no room, or does not get through, is lost and counted.
 */
final class OtlpTelemetry implements Telemetry {

    private static final String SCOPE = "io.clawsec";

    /** How long {@link #flush} may keep an answer that is ready. */
    static final Duration FLUSH_DEADLINE = Duration.ofSeconds(1);

    static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final Deliveries deliveries;
    private final SdkTracerProvider spans;
    private final SdkLoggerProvider records;
    private final Tracing tracing;
    private final LogExport logs;

    OtlpTelemetry(
            TelemetryTarget target,
            SpanExporter spanExporter,
            LogRecordExporter logExporter,
            Metrics metrics,
            LongSupplier nanoTime) {
        Resource resource = resource(target);
        deliveries = new Deliveries(nanoTime);
        spans = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(SpanLane.to(spanExporter, new Lane("spans", metrics, deliveries)))
                .build();
        records = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(LogLane.to(logExporter, new Lane("logs", metrics, deliveries)))
                .build();
        tracing = new OtlpTracing(spans.get(SCOPE));
        logs = new OtlpLogs(records);
    }

    private static Resource resource(TelemetryTarget target) {
        AttributesBuilder attributes = Resource.getDefault().getAttributes().toBuilder()
                .put("service.name", target.service())
                .put("service.version", target.version())
                .put("service.instance.id", target.instance());
        target.resource().forEach(attributes::put);
        return Resource.create(attributes.build());
    }

    @Override
    public Tracing tracing() {
        return tracing;
    }

    @Override
    public LogExport logs() {
        return logs;
    }

    /** A receiver that was away a moment ago is not waited for: it may cost one answer a minute, not each. */
    @Override
    public void flush() {
        if (deliveries.failedLately()) {
            return;
        }
        if (!await(List.of(spans.forceFlush(), records.forceFlush()), FLUSH_DEADLINE)) {
            deliveries.failed("it took too long");
        }
    }

    @Override
    public void close() {
        await(List.of(spans.shutdown(), records.shutdown()), CLOSE_DEADLINE);
    }

    private static boolean await(List<CompletableResultCode> results, Duration deadline) {
        return CompletableResultCode.ofAll(results)
                .join(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .isDone();
    }
}
