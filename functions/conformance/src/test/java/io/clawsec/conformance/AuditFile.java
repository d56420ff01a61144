package io.clawsec.conformance;

import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.Verification;
import io.clawsec.store.embedded.EmbeddedStore;
import io.clawsec.usage.Reservation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a stopped server left in its data folder.
 *
 * @param records every audit record
 * @param verification what the verifier says of the chains
 * @param unsettled reservations of requests that never came to an end
 */
record AuditFile(List<StoredRecord> records, Verification verification, List<Reservation> unsettled) {

    private static final int MOST_UNSETTLED = 10_000;

    /** Reads the database below a folder that {@link ServerProcess} ran on. */
    static AuditFile in(Path folder) {
        return of(folder.resolve("data/clawsec.db"));
    }

    /** Reads a database. */
    static AuditFile of(Path database) {
        try (EmbeddedStore store = EmbeddedStore.open(database)) {
            List<StoredRecord> records = new ArrayList<>();
            store.audit().forEachRecord(records::add);
            Instant future = Instant.now().plus(Duration.ofDays(1));
            return new AuditFile(
                    records,
                    AuditVerifier.verify(store.audit()),
                    store.usage().unsettledBefore(future, MOST_UNSETTLED));
        }
    }

    /** The request ids of the events of a kind, one for each event. */
    List<UUID> requests(EventType type) {
        return records.stream()
                .filter(record -> record.indexed().type().equals(type.wireName()))
                .map(record -> record.indexed().requestId())
                .toList();
    }
}
