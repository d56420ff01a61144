package io.clawsec.telemetry;

import java.net.URI;
import java.util.Map;

/**
 * Where telemetry goes, and in whose name.
 *
 * @param receiver an OTLP receiver that speaks gRPC: {@code http} or {@code https}, host and port
 * @param service the name of this service, such as {@code clawsec}
 * @param version of this service
 * @param instance tells this process from its like
 * @param resource what an operator says of this process, by OpenTelemetry's keys; outranks the three above
 */
public record TelemetryTarget(
        URI receiver, String service, String version, String instance, Map<String, String> resource) {

    public TelemetryTarget {
        resource = Map.copyOf(resource);
    }
}
