package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one signal's way out. OpenTelemetry's batch processors drop what finds no room and tell nobody but
 * OpenTelemetry's own metrics, so the room is kept here, in front of them. Safe for use by many threads.
 */
final class Lane {

    /** How many may wait: a second of a busy process, and some ten megabytes. */
    static final int MOST_WAITING = 8192;

    /** How many leave together. */
    static final int BATCH = 512;

    /** How long one waits for others to leave with it, in milliseconds. */
    static final long DELAY_MILLIS = 1000;

    /** Longer than the exporter's own time-out, which is the one that counts. */
    static final long EXPORT_TIMEOUT_MILLIS = 10_000;

    private static final String OVERFLOW = "overflow";
    private static final String UNDELIVERED = "undelivered";

    private final String signal;
    private final Metrics metrics;
    private final Deliveries deliveries;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Makes an empty lane.
     *
     * @param signal its name in the metric of what is lost
     */
    Lane(String signal, Metrics metrics, Deliveries deliveries) {
        this.signal = signal;
        this.metrics = metrics;
        this.deliveries = deliveries;
        metrics.count(Metric.TELEMETRY_LOST, 0, signal, OVERFLOW);
        metrics.count(Metric.TELEMETRY_LOST, 0, signal, UNDELIVERED);
    }

    /** Takes a place; false: there is none, and what wanted it is lost. */
    boolean enter() {
        if (waiting.incrementAndGet() <= MOST_WAITING) {
            return true;
        }
        waiting.decrementAndGet();
        metrics.count(Metric.TELEMETRY_LOST, signal, OVERFLOW);
        return false;
    }

    /** Gives the places of a batch back and sends it off. */
    CompletableResultCode leave(int size, Supplier<CompletableResultCode> export) {
        waiting.addAndGet(-size);
        CompletableResultCode result = export.get();
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                deliveries.succeeded();
            } else {
                metrics.count(Metric.TELEMETRY_LOST, size, signal, UNDELIVERED);
                deliveries.failed(kind(result.getFailureThrowable()));
            }
        });
    }

    /** The innermost class that says anything: the outer ones wrap. */
    private static String kind(@Nullable Throwable thrown) {
        String kind = "no reason given";
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
            kind = cause.getClass().getName();
        }
        return kind;
    }
}
