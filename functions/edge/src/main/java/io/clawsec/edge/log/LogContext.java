package io.clawsec.edge.log;

import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.TraceIds;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Names a request and its span in every line that the thread logs until this is closed; where nothing is traced it does
 * nothing.
 */
public final class LogContext implements AutoCloseable {

    static final String REQUEST_ID = "request_id";
    static final String TRACE_ID = "trace_id";
    static final String SPAN_ID = "span_id";

    private static final ThreadLocal<@Nullable Request> CURRENT = new ThreadLocal<>();
    private static final LogContext NAMED = new LogContext(true);
    private static final LogContext NOTHING = new LogContext(false);

    private final boolean named;

    private LogContext(boolean named) {
        this.named = named;
    }

    /**
     * What a thread works at.
     *
     * @param id the request's
     * @param span the request's
     */
    record Request(UUID id, TraceIds span) {}

    /** Names them from now on, on this thread. */
    public static LogContext of(UUID requestId, Span span) {
        TraceIds ids = span.ids();
        if (ids == null) {
            return NOTHING;
        }
        CURRENT.set(new Request(requestId, ids));
        return NAMED;
    }

    /** What this thread works at; null where that is nothing, or is not traced. */
    static @Nullable Request current() {
        return CURRENT.get();
    }

    @Override
    public void close() {
        if (named) {
            CURRENT.remove();
        }
    }
}
