package io.clawsec.edge.servlet;

import java.time.Duration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** Ends what runs when the process is told to end, and waits for the requests that are under way. */
final class PatientStop extends DefaultLifecycleProcessor {

    /**
     * How long requests may still take. Orchestrators kill after 30 seconds unless told otherwise; Spring alone would wait
     * for 10, and many a model takes longer.
     */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Duration patience;

    PatientStop(Duration patience) {
        this.patience = patience;
        setTimeoutPerShutdownPhase(patience.toMillis());
    }

    Duration patience() {
        return patience;
    }
}
