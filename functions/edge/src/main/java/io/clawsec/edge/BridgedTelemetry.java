package io.clawsec.edge;

import io.clawsec.edge.log.JsonLog;
import io.clawsec.telemetry.LogExport;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Telemetry;
import io.clawsec.telemetry.TelemetryProvider;
import io.clawsec.telemetry.TelemetryTarget;
import io.clawsec.telemetry.Tracing;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;

/**
 * Telemetry with this process's log bridged into it until it is closed.
 *
 * @param opened where it goes
 * @param endOfLog takes the log off it
 */
record BridgedTelemetry(Telemetry opened, Runnable endOfLog) implements Telemetry {

    /**
     * Opens the way to the configured receiver; where there is none, nothing of any exporter is looked for or loaded.
     *
     * @throws ConfigurationException when there is a receiver, and no exporter in this package
     */
    static Telemetry open(Configuration configuration, String service, Metrics metrics) {
        if (configuration.telemetryReceiver().isEmpty()) {
            return Telemetry.NONE;
        }
        // By this class's own loader, as stores are found.
        TelemetryProvider provider = ServiceLoader.load(
                        TelemetryProvider.class, BridgedTelemetry.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        List.of("OTLP_ENDPOINT is set, and this package holds nothing that exports")));
        TelemetryTarget target = new TelemetryTarget(
                configuration.telemetryReceiver().get(),
                service,
                Version.CURRENT,
                UUID.randomUUID().toString(),
                configuration.resourceAttributes());
        Telemetry opened = provider.open(target, metrics);
        return new BridgedTelemetry(opened, JsonLog.exportTo(opened.logs()));
    }

    @Override
    public Tracing tracing() {
        return opened.tracing();
    }

    @Override
    public LogExport logs() {
        return opened.logs();
    }

    @Override
    public void flush() {
        opened.flush();
    }

    @Override
    public void close() {
        endOfLog.run();
        opened.close();
    }
}
