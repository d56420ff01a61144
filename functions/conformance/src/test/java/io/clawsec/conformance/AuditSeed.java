package io.clawsec.conformance;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.store.Store;
import io.clawsec.store.embedded.EmbeddedStoreProvider;
import io.clawsec.testkit.AuditSamples;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Many events in a database, put there beside the product that serves them: asking for each would take minutes. */
final class AuditSeed {

    private static final long SEED = 20;

    private AuditSeed() {}

    /**
     * Appends samples, all of them from before anything that a test asks for.
     *
     * @return the query parameters that tell of the oldest of them
     */
    static String append(Path database, int oldest, int more) {
        AuditSamples samples = new AuditSamples(SEED);
        try (Store store = new EmbeddedStoreProvider().open("sqlite:" + database, database.resolveSibling("seed"))) {
            List<AuditEvent> old = samples.events(oldest);
            append(store.audit(), old);
            Instant end = old.get(oldest - 1).timestamp().plus(1, ChronoUnit.MICROS);
            AuditEvent next = samples.event();
            while (next.timestamp().isBefore(end)) {
                next = samples.event();
            }
            append(store.audit(), List.of(next));
            append(store.audit(), samples.events(more - 1));
            return "from=" + AuditSamples.START + "&to=" + end;
        }
    }

    private static void append(AuditRepository audit, List<AuditEvent> events) {
        for (int from = 0; from < events.size(); from += AuditRepository.MOST_AT_ONCE) {
            audit.append(events.subList(from, Math.min(events.size(), from + AuditRepository.MOST_AT_ONCE)));
        }
    }
}
