package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Metrics that keep what was lost, by signal and reason. */
final class RecordingMetrics implements Metrics {

    private final Map<List<String>, Double> lost = new ConcurrentHashMap<>();

    @Override
    public void count(Metric counter, double amount, String... labelValues) {
        if (counter == Metric.TELEMETRY_LOST) {
            lost.merge(List.of(labelValues), amount, Double::sum);
        }
    }

    @Override
    public void time(Metric timer, Duration duration, String... labelValues) {}

    @Override
    public void set(Metric gauge, double value, String... labelValues) {}

    double lost(String signal, String reason) {
        return lost.getOrDefault(List.of(signal, reason), -1.0);
    }
}
