package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.LogExport;
import io.clawsec.telemetry.LogRecord;
import io.clawsec.telemetry.TraceIds;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Lines of the log as OpenTelemetry's log records. */
final class OtlpLogs implements LogExport {

    private final LoggerProvider loggers;

    OtlpLogs(LoggerProvider loggers) {
        this.loggers = loggers;
    }

    @Override
    public void accept(LogRecord line) {
        LogRecordBuilder builder = loggers.get(line.logger())
                .logRecordBuilder()
                .setTimestamp(line.time())
                .setSeverity(severity(line.level()))
                .setSeverityText(line.level().getName())
                .setBody(line.message())
                .setContext(context(line.span()));
        line.facts().forEach((name, value) -> {
            if (value instanceof Long || value instanceof Integer) {
                builder.setAttribute(name, ((Number) value).longValue());
            } else if (value instanceof Boolean flag) {
                builder.setAttribute(name, flag);
            } else {
                builder.setAttribute(name, String.valueOf(value));
            }
        });
        builder.emit();
    }

    private static Context context(@Nullable TraceIds ids) {
        return ids == null
                ? Context.root()
                : Context.root()
                        .with(Span.wrap(SpanContext.create(
                                ids.traceId(), ids.spanId(), TraceFlags.getSampled(), TraceState.getDefault())));
    }

    private static Severity severity(System.Logger.Level level) {
        return switch (level) {
            case ALL, TRACE -> Severity.TRACE;
            case DEBUG -> Severity.DEBUG;
            case INFO -> Severity.INFO;
            case WARNING -> Severity.WARN;
            case ERROR, OFF -> Severity.ERROR;
        };
    }
}
