package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Telemetry;
import io.clawsec.telemetry.TelemetryProvider;
import io.clawsec.telemetry.TelemetryTarget;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Opens the way to a receiver that speaks OTLP over gRPC. */
public final class OtlpTelemetryProvider implements TelemetryProvider {

    /** How long one batch may take in all, its attempts included. */
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** A receiver that restarts loses nothing; one that is away is not run after. */
    private static final RetryPolicy RETRIES = RetryPolicy.builder()
            .setMaxAttempts(3)
            .setInitialBackoff(Duration.ofMillis(500))
            .setMaxBackoff(Duration.ofSeconds(1))
            .build();

    @Override
    public Telemetry open(TelemetryTarget target, Metrics metrics) {
        return new OtlpTelemetry(
                target,
                OtlpGrpcSpanExporter.builder()
                        .setEndpoint(endpoint(target.receiver()))
                        .setTimeout(EXPORT_TIMEOUT)
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .setRetryPolicy(RETRIES)
                        .build(),
                OtlpGrpcLogRecordExporter.builder()
                        .setEndpoint(endpoint(target.receiver()))
                        .setTimeout(EXPORT_TIMEOUT)
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .setRetryPolicy(RETRIES)
                        .build(),
                metrics,
                System::nanoTime);
    }

    /** A scheme knows no case (RFC 3986, 3.1); the exporters know small letters only. */
    private static String endpoint(URI receiver) {
        String scheme = receiver.getScheme();
        return scheme.toLowerCase(Locale.ROOT) + receiver.toString().substring(scheme.length());
    }
}
