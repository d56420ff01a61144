package io.clawsec.telemetry.otlp;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** The way out of spans: {@link Lane}'s bounds around OpenTelemetry's batches. */
final class SpanLane implements SpanProcessor {

    private final Lane lane;
    private final SpanProcessor batches;

    private SpanLane(Lane lane, SpanProcessor batches) {
        this.lane = lane;
        this.batches = batches;
    }

    static SpanProcessor to(SpanExporter exporter, Lane lane) {
        return new SpanLane(
                lane,
                BatchSpanProcessor.builder(new Exporter(exporter, lane))
                        .setMaxQueueSize(Lane.MOST_WAITING)
                        .setMaxExportBatchSize(Lane.BATCH)
                        .setScheduleDelay(Lane.DELAY_MILLIS, TimeUnit.MILLISECONDS)
                        .setExporterTimeout(Lane.EXPORT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .build());
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && lane.enter()) {
            batches.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return batches.shutdown();
    }

    private record Exporter(SpanExporter exporter, Lane lane) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            return lane.leave(batch.size(), () -> exporter.export(batch));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
