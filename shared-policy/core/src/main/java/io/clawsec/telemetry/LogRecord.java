package io.clawsec.telemetry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log, already without anything confidential.
 *
 * @param time when
 * @param level how bad
 * @param logger who says so
 * @param message what
 * @param facts more of it by name: texts, whole numbers and flags
 * @param span the request it belongs to; null where it belongs to none
 */
public record LogRecord(
        Instant time,
        System.Logger.Level level,
        String logger,
        String message,
        Map<String, Object> facts,
        @Nullable TraceIds span) {

    public LogRecord {
        facts = Map.copyOf(facts);
    }
}
