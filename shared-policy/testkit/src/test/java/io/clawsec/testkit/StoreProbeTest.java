package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.store.Store;
import io.clawsec.store.WriteQueue;
import io.clawsec.usage.UsageLedger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every store says of itself. */
class StoreProbeTest {

    private final InMemoryAudit audit = new InMemoryAudit();

    /** A store whose audit is sound, with a line that takes writes on or does not. */
    private record Lined(AuditRepository audit, boolean refuses) implements Store, WriteQueue {

        @Override
        public UsageLedger usage() {
            throw new AssertionError("a probe counts nothing");
        }

        @Override
        public SettingsRepository settings() {
            throw new AssertionError("a probe sets nothing");
        }

        @Override
        public WriteQueue queue() {
            return this;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public int mostWaiting() {
            return 1;
        }

        @Override
        public Duration standstill() {
            return Duration.ZERO;
        }

        @Override
        public long refused(Refusal why) {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Test
    void a_store_that_takes_no_write_on_is_unavailable_however_well_its_audit_is() {
        assertThatCode(() -> new Lined(audit, false).probe()).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Lined(audit, true).probe()).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void a_store_whose_audit_cannot_be_written_is_unavailable_though_it_takes_writes_on() {
        audit.failWith(new AuditUnavailableException("the disk is gone", null));
        assertThatThrownBy(() -> new Lined(audit, false).probe()).isInstanceOf(AuditUnavailableException.class);
    }
}
