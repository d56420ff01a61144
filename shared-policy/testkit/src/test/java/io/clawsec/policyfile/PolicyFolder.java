package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** An operator's folder with one role in it, known by its limit, and a process that follows it, by clocks of its own. */
final class PolicyFolder implements AutoCloseable, ActivePolicy.Reload<Policy> {

    static final Duration LONG = Duration.ofSeconds(10);

    final Path folder;
    final FixedClock clock = new FixedClock(Instant.parse("2026-03-01T12:00:00Z"));
    final List<String> announced = new ArrayList<>();
    final List<String> logged = new ArrayList<>();
    int made;
    int breaksAt;
    boolean auditIsDown;
    boolean failing;
    Runnable whileMaking = () -> {};

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
    private final Logger logger = Logger.getLogger(ActivePolicy.class.getName());
    private final Handler handler = new Lines();

    PolicyFolder(Path folder) {
        this.folder = folder;
        logger.addHandler(handler);
    }

    ActivePolicy<Policy> start() {
        return start(PolicyFiles.in(folder));
    }

    ActivePolicy<Policy> start(PolicyFiles files) {
        return new ActivePolicy<>(files, this, new Gauge(), clock, nanos::get);
    }

    /** Writes the role's limit, as if that was long ago. */
    void limit(int requestsPerHour) throws IOException {
        write("roles.yaml", roles(requestsPerHour));
    }

    void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
        touched(LONG.negated());
    }

    static String roles(int requestsPerHour) {
        return """
                roles:
                  one:
                    description: One.
                    permissions: []
                    requests_per_hour: %d
                """.formatted(requestsPerHour);
    }

    /** Sets when all was last written, from now. */
    void touched(Duration fromNow) throws IOException {
        FileTime time = FileTime.from(clock.instant().plus(fromNow));
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, time);
            }
        }
        Files.setLastModifiedTime(folder, time);
    }

    void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    /** -1: the role is not there. */
    static int limit(Policy policy) {
        return policy.access()
                .role("one")
                .map(role -> role.requestsPerHour().orElseThrow())
                .orElse(-1);
    }

    @Override
    public Policy make(Policy policy) {
        whileMaking.run();
        if (limit(policy) == breaksAt) {
            throw new IllegalStateException("the message of an exception");
        }
        made++;
        return policy;
    }

    @Override
    public void announce(Policy before, Policy after) {
        if (auditIsDown) {
            throw new IllegalStateException("the message of an exception");
        }
        announced.add(limit(before) + " to " + limit(after));
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }

    private final class Gauge implements Metrics {
        @Override
        public void count(Metric counter, double amount, String... labelValues) {}

        @Override
        public void time(Metric timer, Duration duration, String... labelValues) {}

        @Override
        public void set(Metric gauge, double value, String... labelValues) {
            assertThat(gauge).isEqualTo(Metric.POLICY_RELOAD_FAILED);
            failing = value == 1;
        }
    }

    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
