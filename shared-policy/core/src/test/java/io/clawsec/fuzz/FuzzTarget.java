package io.clawsec.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Something that reads strangers' texts, with what must hold whatever they are. */
enum FuzzTarget {
    MATCH(MatchTarget::test),
    REDACT(RedactTarget::test),
    STREAM(StreamTarget::test),
    FOLD(FoldTarget::test);

    /** CPU time for one input of a few thousand characters, instrumented; a thousand times what one should take. */
    static final long MAX_CPU_MILLIS = 5_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @SuppressWarnings("ImmutableEnumChecker") // a method that keeps nothing
    private final Consumer<String> properties;

    FuzzTarget(Consumer<String> properties) {
        this.properties = properties;
    }

    /** The target's folder of seeds, and the method that fuzzes it. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Checks what must hold of an input; an {@link AssertionError} says what does not. */
    void test(byte[] input) {
        long start = THREADS.getCurrentThreadCpuTime();
        properties.accept(FuzzText.of(input));
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        check(millis <= MAX_CPU_MILLIS, "it took ", List.of(millis, " ms of CPU"));
    }

    /** Cheaper than an assertion library, for it is asked millions of times. */
    static void check(boolean holds, String claim, List<?> facts) {
        if (!holds) {
            StringBuilder message = new StringBuilder(claim);
            facts.forEach(message::append);
            throw new AssertionError(message.toString());
        }
    }
}
