package io.clawsec.edge.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.telemetry.TraceIds;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One log event as one line of JSON. */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogLine told = LogLine.of(event);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", event.getInstant());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", told.message());
        TraceIds span = told.span();
        if (span != null) {
            line.put(LogContext.TRACE_ID, span.traceId());
            line.put(LogContext.SPAN_ID, span.spanId());
        }
        told.facts().forEach(line::putIfAbsent);
        List<JsonObject> causes = told.causes().stream()
                .map(cause -> new JsonObject().with("class", cause.className()).with("at", cause.frames()))
                .toList();
        if (!causes.isEmpty()) {
            line.put("exception", causes);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(Json.write(line));
        bytes.write('\n');
        return bytes.toByteArray();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
