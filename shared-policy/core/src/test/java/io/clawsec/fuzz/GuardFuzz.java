package io.clawsec.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets Jazzer loose on the targets, one in a process: no part of a build, for it instruments what it runs. An input that
 * it cannot get through becomes a seed.
 */
class GuardFuzz {

    private static final String DURATION = "10m";

    /** Minutes of wall time after which an input hangs, and a run; one that is merely slow is found by its CPU time. */
    private static final int HANGS = 11;

    @MethodSource("matchExamples")
    @Timeout(value = HANGS, unit = TimeUnit.MINUTES)
    @FuzzTest(maxDuration = DURATION)
    void match(byte[] input) {
        FuzzTarget.MATCH.test(input);
    }

    static List<byte[]> matchExamples() {
        return FuzzSeeds.examples(FuzzTarget.MATCH);
    }

    @MethodSource("redactExamples")
    @Timeout(value = HANGS, unit = TimeUnit.MINUTES)
    @FuzzTest(maxDuration = DURATION)
    void redact(byte[] input) {
        FuzzTarget.REDACT.test(input);
    }

    static List<byte[]> redactExamples() {
        return FuzzSeeds.examples(FuzzTarget.REDACT);
    }

    @MethodSource("streamExamples")
    @Timeout(value = HANGS, unit = TimeUnit.MINUTES)
    @FuzzTest(maxDuration = DURATION)
    void stream(byte[] input) {
        FuzzTarget.STREAM.test(input);
    }

    static List<byte[]> streamExamples() {
        return FuzzSeeds.examples(FuzzTarget.STREAM);
    }

    @MethodSource("foldExamples")
    @Timeout(value = HANGS, unit = TimeUnit.MINUTES)
    @FuzzTest(maxDuration = DURATION)
    void fold(byte[] input) {
        FuzzTarget.FOLD.test(input);
    }

    static List<byte[]> foldExamples() {
        return FuzzSeeds.examples(FuzzTarget.FOLD);
    }
}
