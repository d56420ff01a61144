package io.clawsec.telemetry;

/**
 * Opens the way to a receiver of telemetry. Found by {@link java.util.ServiceLoader}, and asked for only where a receiver
 * is configured: a package may leave it out, and nothing of it is loaded where nobody listens.
 */
public interface TelemetryProvider {

    /** Opens; neither waits for the receiver nor fails because of it. */
    Telemetry open(TelemetryTarget target, Metrics metrics);
}
