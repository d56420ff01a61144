package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.TelemetryTarget;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every receiver that the configuration takes can be opened; nothing is sent here. */
class OtlpTelemetryProviderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:4317", "HTTP://localhost:4317/", "Https://otel.example", "http://[::1]:1"})
    void a_receivers_scheme_knows_no_case(String receiver) {
        TelemetryTarget target = new TelemetryTarget(URI.create(receiver), "clawsec", "1.2.3", "here", Map.of());
        new OtlpTelemetryProvider().open(target, new RecordingMetrics()).close();
    }
}
