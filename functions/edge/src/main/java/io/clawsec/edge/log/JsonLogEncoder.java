package io.clawsec.edge.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One log event as one line of JSON. Of an exception it tells classes and places only: a library's message may quote a
 * prompt, a token or a key.
 */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {

    private static final int MOST_CAUSES = 5;
    private static final int MOST_FRAMES = 12;
    private static final int LONGEST_MESSAGE = 2000;

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", event.getInstant());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", wellFormed(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> line.putIfAbsent(pair.key, plain(pair.value)));
        }
        if (event.getThrowableProxy() != null) {
            line.put("exception", causes(event.getThrowableProxy()));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(Json.write(line));
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static Object plain(Object value) {
        boolean asItIs = value instanceof Long || value instanceof Integer || value instanceof Boolean;
        return asItIs ? value : wellFormed(String.valueOf(value));
    }

    private static String wellFormed(String message) {
        StringBuilder text = new StringBuilder();
        message.codePoints()
                .limit(LONGEST_MESSAGE)
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '\uFFFD' : point)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static List<JsonObject> causes(IThrowableProxy thrown) {
        List<JsonObject> causes = new ArrayList<>();
        for (IThrowableProxy cause = thrown; cause != null && causes.size() < MOST_CAUSES; cause = cause.getCause()) {
            List<String> frames = new ArrayList<>();
            for (int i = 0; i < Math.min(MOST_FRAMES, cause.getStackTraceElementProxyArray().length); i++) {
                frames.add(cause.getStackTraceElementProxyArray()[i]
                        .getStackTraceElement()
                        .toString());
            }
            causes.add(new JsonObject().with("class", cause.getClassName()).with("at", frames));
        }
        return causes;
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
