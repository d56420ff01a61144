package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that are not withstood are found. */
@Timeout(60)
class AppendsUnderFaultTest {

    private static final long SEED = 5;
    private static final Duration SOON = Duration.ofSeconds(2);

    /** What a bad store does, and the words by which it is found: each by a check that looks for nothing else. */
    private enum Flaw {
        LOSES_THE_LAST("[acknowledged and lost, in memory, flawed, round 0]"),
        HAS_A_HOLE_WHERE_NOTHING_WAS_ACKNOWLEDGED("kind=HOLE"),
        SHOWS_TWICE("[events stored twice, in memory, flawed, round 0]"),
        ACKNOWLEDGES_WITHOUT_WRITING("[acknowledged and lost, in memory, flawed, round 0]"),
        BREAKS("[in memory, flawed, round 0]");

        private final String foundBy;

        Flaw(String foundBy) {
            this.foundBy = foundBy;
        }
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
                case HAS_A_HOLE_WHERE_NOTHING_WAS_ACKNOWLEDGED -> records.remove(1);
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
        audit.audit().append(new AuditSamples(SEED).events(3)); // that no writer of the test was told of
        assertThatThrownBy(() -> new AppendsUnderFault(audit, audit, SEED).rounds("in memory, flawed", round -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(flaw.foundBy);
    }

    @Test
    void a_recovery_that_takes_longer_than_it_may_is_found() {
        InMemoryAudit audit = new InMemoryAudit();
        assertThatThrownBy(() -> new AppendsUnderFault(audit, audit, SEED, Duration.ofNanos(1), SOON)
                        .rounds("in memory", round -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("recovery from in memory, round 0");
    }

    @Test
    void one_writer_that_is_refused_for_good_is_found_though_the_others_go_on() {
        AtomicBoolean unjust = new AtomicBoolean();
        AtomicReference<Thread> leftOut = new AtomicReference<>();
        InMemoryAudit audit = new InMemoryAudit(events -> {
            leftOut.compareAndSet(null, Thread.currentThread());
            if (unjust.get() && leftOut.get() == Thread.currentThread()) {
                throw new AuditUnavailableException("not you", null);
            }
        });
        AppendsUnderFault appends = new AppendsUnderFault(audit, audit, SEED, AppendsUnderFault.MOST_RECOVERY, SOON);
        assertThatThrownBy(() -> appends.rounds("in memory", round -> {
                    unjust.set(true);
                    appends.awaitRefused(1);
                }))
                .hasMessage("waited too long for an append of every writer after the fault");
    }
}
