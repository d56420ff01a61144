package io.clawsec.edge.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.clawsec.telemetry.LogExport;
import io.clawsec.telemetry.LogRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands every log event on, as what standard output shows of it. */
final class LogExportAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** OpenTelemetry's names; no {@code exception.message}, as everywhere in this log. */
    private static final String EXCEPTION_TYPE = "exception.type";

    private static final String EXCEPTION_STACKTRACE = "exception.stacktrace";

    private final LogExport export;

    LogExportAppender(LogExport export) {
        this.export = export;
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLine told = LogLine.of(event);
        Map<String, Object> facts = new LinkedHashMap<>(told.facts());
        List<LogLine.Cause> causes = told.causes();
        if (!causes.isEmpty()) {
            facts.put(EXCEPTION_TYPE, causes.get(0).className());
            facts.put(EXCEPTION_STACKTRACE, stackTrace(causes));
        }
        export.accept(new LogRecord(
                event.getInstant(),
                level(event.getLevel()),
                event.getLoggerName(),
                told.message(),
                facts,
                told.span()));
    }

    private static String stackTrace(List<LogLine.Cause> causes) {
        StringBuilder text = new StringBuilder();
        for (LogLine.Cause cause : causes) {
            text.append(text.isEmpty() ? "" : "Caused by: ")
                    .append(cause.className())
                    .append('\n');
            cause.frames().forEach(frame -> text.append("\tat ").append(frame).append('\n'));
        }
        return text.toString();
    }

    private static System.Logger.Level level(Level level) {
        return switch (level.toInt()) {
            case Level.TRACE_INT -> System.Logger.Level.TRACE;
            case Level.DEBUG_INT -> System.Logger.Level.DEBUG;
            case Level.INFO_INT -> System.Logger.Level.INFO;
            case Level.WARN_INT -> System.Logger.Level.WARNING;
            default -> System.Logger.Level.ERROR;
        };
    }
}
