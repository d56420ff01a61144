package io.clawsec.telemetry.otlp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How deliveries went lately, and the one line a minute that says so when they fail. Safe for use by many threads. */
final class Deliveries {

    /** The pause between two lines. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
    private static final long NEVER = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong told = new AtomicLong(NEVER);
    private final AtomicLong failed = new AtomicLong(NEVER);

    Deliveries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * One did not get through.
     *
     * @param why a closed set's word or a class's name: a library's message may name the receiver
     */
    void failed(String why) {
        long now = nanoTime.getAsLong();
        failed.set(now);
        long before = told.get();
        if (!within(before, now) && told.compareAndSet(before, now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "spans and log records do not reach OTLP_ENDPOINT (" + why
                            + "); requests go on, what is lost is counted, and this is said once a minute");
        }
    }

    void succeeded() {
        failed.set(NEVER);
    }

    /** Whether the last delivery failed, within {@link #PAUSE}. */
    boolean failedLately() {
        return within(failed.get(), nanoTime.getAsLong());
    }

    private static boolean within(long then, long now) {
        return then != NEVER && now - then < PAUSE.toNanos();
    }
}
