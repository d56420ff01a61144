package io.clawsec.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver that is away is told of once a minute, however often it is missed. */
class DeliveriesTest {

    private static final Logger LOG = Logger.getLogger(Deliveries.class.getName());

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
    private final Deliveries deliveries = new Deliveries(nanos::get);
    private final List<String> said = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void a_failure_is_said_once_a_minute_with_its_kind() {
        for (int i = 0; i < 100; i++) {
            deliveries.failed("java.net.ConnectException");
        }
        assertThat(said).singleElement().asString().contains("OTLP_ENDPOINT (java.net.ConnectException)");
        nanos.addAndGet(Deliveries.PAUSE.toNanos() - 1);
        deliveries.failed("java.net.ConnectException");
        assertThat(said).hasSize(1);
        nanos.incrementAndGet();
        deliveries.failed("java.net.ConnectException");
        assertThat(said).hasSize(2);
    }

    @Test
    void a_failure_is_lately_until_a_success_or_a_minute_later() {
        assertThat(deliveries.failedLately()).isFalse();
        deliveries.failed("whatever");
        assertThat(deliveries.failedLately()).isTrue();
        deliveries.succeeded();
        assertThat(deliveries.failedLately()).isFalse();
        deliveries.failed("whatever");
        nanos.addAndGet(Deliveries.PAUSE.toNanos());
        assertThat(deliveries.failedLately()).isFalse();
    }
}
