package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that are not withstood are found. */
@Timeout(60)
class AppendsUnderFaultTest {

    private static final long SEED = 5;

    /** What a bad store does. */
    private enum Flaw {
        LOSES_THE_LAST,
        HAS_A_HOLE,
        SHOWS_TWICE,
        ACKNOWLEDGES_WITHOUT_WRITING,
        BREAKS
    }

    /** A sound audit, seen and written through a flaw. */
    private record Flawed(InMemoryAudit audit, Flaw flaw) implements AuditRepository {

        @Override
        public void append(List<AuditEvent> events) {
            if (flaw == Flaw.BREAKS) {
                throw new IllegalStateException("broken");
            }
            if (flaw != Flaw.ACKNOWLEDGES_WITHOUT_WRITING) {
                audit.append(events);
            }
        }

        @Override
        public AuditPage find(AuditQuery query) {
            return audit.find(query);
        }

        @Override
        public void forEachRecord(Consumer<StoredRecord> consumer) {
            List<StoredRecord> records = new ArrayList<>();
            audit.forEachRecord(records::add);
            switch (flaw) {
                case LOSES_THE_LAST -> records.remove(records.size() - 1);
                case HAS_A_HOLE -> records.remove(1);
                case SHOWS_TWICE -> records.add(records.get(records.size() - 1));
                default -> {}
            }
            records.forEach(consumer);
        }

        @Override
        public void probe() {
            audit.probe();
        }
    }

    @Test
    void an_audit_that_refuses_for_a_while_and_goes_on_is_sound() {
        InMemoryAudit audit = new InMemoryAudit();
        AppendsUnderFault appends = new AppendsUnderFault(audit, audit, SEED);
        assertThatCode(() -> appends.rounds("in memory, refused", round -> {
                    audit.failWith(new AuditUnavailableException("not now", null));
                    appends.awaitRefused(8);
                    audit.failWith(null);
                }))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_withstood_is_found(Flaw flaw) {
        Flawed audit = new Flawed(new InMemoryAudit(), flaw);
        assertThatThrownBy(() -> new AppendsUnderFault(audit, audit, SEED).rounds("in memory, flawed", round -> {}))
                .isInstanceOf(AssertionError.class);
    }
}
