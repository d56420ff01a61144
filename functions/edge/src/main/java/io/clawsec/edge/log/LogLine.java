package io.clawsec.edge.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.clawsec.telemetry.TraceIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log event may tell, wherever it is told: of an exception classes and places only, for a library's message may
 * quote a prompt, a token or a key.
 *
 * @param event as it was logged
 * @param request what the thread that logged works at; null where that is nothing, or is not traced
 */
record LogLine(ILoggingEvent event, LogContext.@Nullable Request request) {

    private static final int MOST_CAUSES = 5;
    private static final int MOST_FRAMES = 12;
    private static final int LONGEST_TEXT = 2000;

    /** One exception: its class, and the innermost places. */
    record Cause(String className, List<String> frames) {}

    /** The line of an event, on the thread that logs it. */
    static LogLine of(ILoggingEvent event) {
        return new LogLine(event, LogContext.current());
    }

    String message() {
        return wellFormed(event.getFormattedMessage());
    }

    /** Texts, whole numbers and flags by name. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> facts.putIfAbsent(pair.key, plain(pair.value)));
        }
        if (request != null) {
            facts.putIfAbsent(LogContext.REQUEST_ID, request.id().toString());
        }
        return facts;
    }

    /** The span of the request that it belongs to; null where it belongs to none, or nothing is traced. */
    @Nullable
    TraceIds span() {
        return request == null ? null : request.span();
    }

    /** The exception and what caused it, outermost first; empty where there is none. */
    List<Cause> causes() {
        List<Cause> causes = new ArrayList<>();
        IThrowableProxy cause = event.getThrowableProxy();
        for (; cause != null && causes.size() < MOST_CAUSES; cause = cause.getCause()) {
            List<String> frames = new ArrayList<>();
            for (int i = 0; i < Math.min(MOST_FRAMES, cause.getStackTraceElementProxyArray().length); i++) {
                frames.add(cause.getStackTraceElementProxyArray()[i]
                        .getStackTraceElement()
                        .toString());
            }
            causes.add(new Cause(cause.getClassName(), frames));
        }
        return causes;
    }

    private static Object plain(Object value) {
        boolean asItIs = value instanceof Long || value instanceof Integer || value instanceof Boolean;
        return asItIs ? value : wellFormed(String.valueOf(value));
    }

    private static String wellFormed(String message) {
        StringBuilder text = new StringBuilder();
        message.codePoints()
                .limit(LONGEST_TEXT)
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '\uFFFD' : point)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Shows the logger only. */
    @Override
    public String toString() {
        return "LogLine[" + event.getLoggerName() + "]";
    }
}
