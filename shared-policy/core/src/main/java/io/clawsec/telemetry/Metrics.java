package io.clawsec.telemetry;

import java.time.Duration;

/**
 * Where measurements go. A port: the edge implements it over its metrics library. Implementations never throw and are
 * safe for use by many threads.
 *
 * <p>Label values come from closed sets (roles, rule categories, stages, codes): never from a caller's text.
 */
public interface Metrics {

    /** Adds to a counter. */
    void count(Metric counter, double amount, String... labelValues);

    /** Adds one to a counter. */
    default void count(Metric counter, String... labelValues) {
        count(counter, 1, labelValues);
    }

    /** Records a duration. */
    void time(Metric timer, Duration duration, String... labelValues);

    /** Sets a gauge. */
    void set(Metric gauge, double value, String... labelValues);

    /** Measures nothing: for tests and tools. */
    static Metrics none() {
        return new Metrics() {
            @Override
            public void count(Metric counter, double amount, String... labelValues) {}

            @Override
            public void time(Metric timer, Duration duration, String... labelValues) {}

            @Override
            public void set(Metric gauge, double value, String... labelValues) {}
        };
    }
}
