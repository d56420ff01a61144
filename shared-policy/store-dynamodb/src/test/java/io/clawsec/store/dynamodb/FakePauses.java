package io.clawsec.store.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Pauses that take no time but the fake clock's, and are written down. Safe for use by many threads. */
final class FakePauses {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> pauses = new ArrayList<>();

    Backoff backoff(long seed, Duration patience) {
        return new Backoff(nanos::get, new Random(seed), this::pause, patience);
    }

    private synchronized void pause(long length) {
        pauses.add(length);
        nanos.addAndGet(Math.max(1, length));
    }

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    synchronized List<Long> pauses() {
        return List.copyOf(pauses);
    }
}
