package io.clawsec.edge.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Whether the stores can be written now: one probe at a time, its result kept for five seconds, so that nobody can load
 * the stores by asking. Safe for use by many threads.
 */
public final class Readiness {

    /** What a check says when all is well; otherwise it says {@code unavailable}. */
    public static final String OK = "ok";

    private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<String, Runnable> probes;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, String> last = Map.of();
    private long lastNanos;

    /**
     * Makes a readiness of named probes.
     *
     * @param probes each returns when its store is well and throws when it is not
     * @param nanoClock monotonic nanoseconds
     */
    public Readiness(Map<String, Runnable> probes, LongSupplier nanoClock) {
        this.probes = new LinkedHashMap<>(probes);
        this.nanoClock = nanoClock;
    }

    Map<String, String> check() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            if (last.isEmpty() || now - lastNanos >= KEPT_NANOS) {
                Map<String, String> fresh = new LinkedHashMap<>();
                probes.forEach((name, probe) -> fresh.put(name, ask(probe)));
                last = fresh;
                lastNanos = nanoClock.getAsLong();
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private static String ask(Runnable probe) {
        try {
            probe.run();
            return OK;
        } catch (RuntimeException e) {
            return "unavailable";
        }
    }
}
