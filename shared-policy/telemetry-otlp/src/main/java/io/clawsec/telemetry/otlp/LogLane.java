package io.clawsec.telemetry.otlp;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** The way out of log records: {@link Lane}'s bounds around OpenTelemetry's batches. */
final class LogLane implements LogRecordProcessor {

    private final Lane lane;
    private final LogRecordProcessor batches;

    private LogLane(Lane lane, LogRecordProcessor batches) {
        this.lane = lane;
        this.batches = batches;
    }

    static LogRecordProcessor to(LogRecordExporter exporter, Lane lane) {
        return new LogLane(
                lane,
                BatchLogRecordProcessor.builder(new Exporter(exporter, lane))
                        .setMaxQueueSize(Lane.MOST_WAITING)
                        .setMaxExportBatchSize(Lane.BATCH)
                        .setScheduleDelay(Lane.DELAY_MILLIS, TimeUnit.MILLISECONDS)
                        .setExporterTimeout(Lane.EXPORT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .build());
    }

    @Override
    public void onEmit(Context context, ReadWriteLogRecord line) {
        if (lane.enter()) {
            batches.onEmit(context, line);
        }
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return batches.shutdown();
    }

    private record Exporter(LogRecordExporter exporter, Lane lane) implements LogRecordExporter {

        @Override
        public CompletableResultCode export(Collection<LogRecordData> batch) {
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
