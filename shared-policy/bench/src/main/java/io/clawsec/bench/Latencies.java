package io.clawsec.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How long each of many calls took, by callers who call at once. */
final class Latencies {

    private final List<Long> nanos = new ArrayList<>();

    private Latencies() {}

    /** Lets callers, numbered from 0, work on threads of their own, and gathers what they timed. */
    static Latencies of(int callers, IntFunction<Consumer<Latencies>> work) throws InterruptedException {
        List<Latencies> each = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < callers; i++) {
            Latencies own = new Latencies();
            each.add(own);
            Consumer<Latencies> of = work.apply(i);
            Thread thread = new Thread(() -> of.accept(own));
            thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        Latencies all = new Latencies();
        for (int i = 0; i < callers; i++) {
            threads.get(i).join();
            all.nanos.addAll(each.get(i).nanos);
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a caller failed, so there is no figure", thrown);
        }
        return all;
    }

    void time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        nanos.add(System.nanoTime() - start);
    }

    int count() {
        return nanos.size();
    }

    /** In milliseconds. */
    double percentile(int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }
}
