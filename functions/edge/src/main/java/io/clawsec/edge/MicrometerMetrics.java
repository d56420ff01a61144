package io.clawsec.edge;

import io.clawsec.audit.EventType;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.OwnRoutes.MetricsPage;
import io.clawsec.model.ModelReply;
import io.clawsec.store.WriteQueue;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** The metrics port over Micrometer, with Prometheus' page. */
final class MicrometerMetrics implements Metrics, MetricsPage {

    /** Bounds of the histograms' buckets: from a guard pass to a slow model. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    /** Without spaces, as Tomcat writes it, so that every door says the same. */
    private static final String TEXT_FORMAT = "text/plain;version=0.0.4;charset=utf-8";

    private static final List<Refusal.Code> FAILING_CLOSED = List.of(
            Refusal.Code.AUDIT_UNAVAILABLE,
            Refusal.Code.LIMITS_UNAVAILABLE,
            Refusal.Code.GUARD_UNAVAILABLE,
            Refusal.Code.SETTINGS_UNAVAILABLE,
            Refusal.Code.INTERNAL_ERROR);

    private record Series(Metric metric, List<String> labelValues) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConcurrentMap<Series, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Series, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

    /** Shows the counters that alerts watch from the first scrape on: a rate cannot see a counter's first count. */
    MicrometerMetrics() {
        for (EventType type : EventType.values()) {
            count(Metric.AUDIT_EVENTS, 0, type.wireName());
        }
        for (ModelReply.Failure failure : ModelReply.Failure.values()) {
            count(Metric.UPSTREAM_ERRORS, 0, failure.wireName());
        }
        for (Refusal.Code code : FAILING_CLOSED) {
            count(Metric.FAIL_CLOSED, 0, code.wireName());
        }
        set(Metric.RULES_OFF, 0);
        set(Metric.RULES_MONITORED, 0);
        set(Metric.POLICY_RELOAD_FAILED, 0);
    }

    @Override
    public void count(Metric metric, double amount, String... labelValues) {
        counters.computeIfAbsent(new Series(metric, List.of(labelValues)), this::counter)
                .increment(amount);
    }

    @Override
    public void time(Metric metric, Duration duration, String... labelValues) {
        timers.computeIfAbsent(new Series(metric, List.of(labelValues)), this::timer)
                .record(duration);
    }

    @Override
    public void set(Metric metric, double value, String... labelValues) {
        gauges.computeIfAbsent(new Series(metric, List.of(labelValues)), this::gauge)
                .set(value);
    }

    /** Shows on every page how a store's writes fare at that moment, for as long as the process runs. */
    void watch(WriteQueue queue) {
        gauge(Metric.STORE_WRITES_WAITING, queue, WriteQueue::waiting);
        gauge(Metric.STORE_WRITES_WAITING_MAX, queue, WriteQueue::mostWaiting);
        gauge(Metric.STORE_STANDSTILL, queue, watched -> watched.standstill().toMillis() / 1_000.0);
        for (WriteQueue.Refusal why : WriteQueue.Refusal.values()) {
            Series series = new Series(Metric.STORE_WRITES_REFUSED, List.of(why.wireName()));
            FunctionCounter.builder(series.metric().prometheusName(), queue, watched -> watched.refused(why))
                    .description(series.metric().help())
                    .tags(tags(series))
                    .register(registry);
        }
    }

    private void gauge(Metric metric, WriteQueue queue, ToDoubleFunction<WriteQueue> value) {
        Gauge.builder(metric.prometheusName(), queue, value)
                .description(metric.help())
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(Series series) {
        return Counter.builder(series.metric().prometheusName())
                .description(series.metric().help())
                .tags(tags(series))
                .register(registry);
    }

    private Timer timer(Series series) {
        String name = series.metric().prometheusName();
        return Timer.builder(name.substring(0, name.length() - "_seconds".length()))
                .description(series.metric().help())
                .tags(tags(series))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private AtomicReference<Double> gauge(Series series) {
        AtomicReference<Double> value = new AtomicReference<>(0.0);
        Gauge.builder(series.metric().prometheusName(), value, AtomicReference::get)
                .description(series.metric().help())
                .tags(tags(series))
                .register(registry);
        return value;
    }

    private static Tags tags(Series series) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < series.metric().labels().size(); i++) {
            tags.add(
                    Tag.of(series.metric().labels().get(i), series.labelValues().get(i)));
        }
        return Tags.of(tags);
    }

    @Override
    public byte[] scrape() {
        return registry.scrape().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String mediaType() {
        return TEXT_FORMAT;
    }
}
