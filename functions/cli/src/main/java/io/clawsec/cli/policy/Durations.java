package io.clawsec.cli.policy;

import io.clawsec.json.JsonObject;

/** How long something took, many times: counts in buckets that are an eighth of an octave wide, however often. */
final class Durations {

    private static final int PARTS = 8;
    private static final int BUCKETS = Long.SIZE * PARTS;
    private static final double NANOS_PER_MICRO = 1e3;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long nanos;
    private long most;

    void add(long took) {
        counts[bucket(Math.max(took, 1))]++;
        count++;
        nanos += took;
        most = Math.max(most, took);
    }

    private static int bucket(long took) {
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(took);
        long part = octave < 3 ? 0 : (took >>> (octave - 3)) & (PARTS - 1);
        return octave * PARTS + (int) part;
    }

    /** The upper end of a bucket, in nanoseconds. */
    private static double end(int bucket) {
        int octave = bucket / PARTS;
        return Math.scalb(1.0 + (bucket % PARTS + 1) / (double) PARTS, octave);
    }

    /** What that share of them took at most, in microseconds. */
    double quantileMicros(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return Math.min(end(bucket), most) / NANOS_PER_MICRO;
            }
        }
        return 0;
    }

    double meanMicros() {
        return count == 0 ? 0 : nanos / (double) count / NANOS_PER_MICRO;
    }

    double mostMicros() {
        return most / NANOS_PER_MICRO;
    }

    JsonObject json() {
        return new JsonObject()
                .with("mean", meanMicros())
                .with("p50", quantileMicros(0.5))
                .with("p99", quantileMicros(0.99))
                .with("max", mostMicros());
    }
}
