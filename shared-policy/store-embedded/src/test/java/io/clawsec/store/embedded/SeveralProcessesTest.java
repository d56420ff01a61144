package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one file: what survives a kill, and what two of them may do to each other. */
class SeveralProcessesTest {

    private static final int ROUNDS = 10;
    private static final long SEED = 9;

    @TempDir
    private Path folder;

    private Set<String> stored() {
        Set<String> ids = new HashSet<>();
        try (EmbeddedStore store = EmbeddedStore.open(folder.resolve("clawsec.db"))) {
            store.audit().forEachRecord(record -> ids.add(record.indexed().id().toString()));
        }
        return ids;
    }

    private Verification verification() {
        try (EmbeddedStore store = EmbeddedStore.open(folder.resolve("clawsec.db"))) {
            return AuditVerifier.verify(store.audit());
        }
    }

    @Test
    void nothing_acknowledged_is_lost_when_a_process_is_killed() throws Exception {
        Random random = new Random(SEED);
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ForkedWriter writer = ForkedWriter.start(folder.resolve("clawsec.db"), round, 1_000_000, 0)) {
                int untilKill = 1 + random.nextInt(500);
                for (String line = writer.line(); line.startsWith(ForkedWriter.EVENT); line = writer.line()) {
                    acknowledged.add(line.substring(ForkedWriter.EVENT.length()));
                    if (--untilKill == 0) {
                        writer.kill(); // and go on reading what it acknowledged before it died
                    }
                }
                assertThat(untilKill)
                        .as("the process lived until it was killed")
                        .isNotPositive();
            }
            acknowledged.removeIf(id -> id.length() != 36); // a line that was cut while it was printed
            assertThat(stored()).as("round %d, seed %d", round, SEED).containsAll(acknowledged);
        }
        Verification verification = verification();
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.writers()).isEqualTo(ROUNDS);
        assertThat(verification.events()).isGreaterThanOrEqualTo(acknowledged.size());
    }

    @Test
    void two_processes_lose_nothing_and_grant_no_more_than_the_limit() throws Exception {
        Path file = folder.resolve("clawsec.db");
        Set<String> events = new HashSet<>();
        int granted = 0;
        try (ForkedWriter first = ForkedWriter.start(file, 101, 100, 300);
                ForkedWriter second = ForkedWriter.start(file, 102, 100, 300)) {
            for (ForkedWriter writer : List.of(first, second)) {
                granted += readAll(writer, events);
            }
        }
        assertThat(granted).isEqualTo(300);
        assertThat(events).hasSize(1600).isEqualTo(stored());
        assertThat(verification()).isEqualTo(new Verification(1600, 2, List.of()));
    }

    private static int readAll(ForkedWriter writer, Set<String> events) throws IOException {
        int granted = 0;
        for (String line = writer.line(); !line.isEmpty(); line = writer.line()) {
            if (line.startsWith(ForkedWriter.EVENT)) {
                events.add(line.substring(ForkedWriter.EVENT.length()));
            } else {
                granted++;
            }
        }
        return granted;
    }
}
