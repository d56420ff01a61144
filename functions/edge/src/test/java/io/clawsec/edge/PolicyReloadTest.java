package io.clawsec.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.policyfile.Policy;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.settings.Settings;
import io.clawsec.settings.SettingsLayer;
import io.clawsec.settings.SettingsStack;
import io.clawsec.settings.StoredSettings;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the audit keeps of policy files that have changed. */
class PolicyReloadTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Settings SETTINGS =
            new SettingsStack(new SettingsLayer(Map.of(), Set.of()), Optional.empty()).settings(StoredSettings.NONE);
    private static final Policy PACKAGED = PolicyFiles.packaged().load();
    private static final Policy CHANGED = new Policy(PACKAGED.access(), List.of(), "f".repeat(64));

    private final InMemoryAudit audit = new InMemoryAudit();
    private final PolicyReload reload = new PolicyReload(
            () -> SETTINGS, () -> false, () -> audit, Metrics.none(), new FixedClock(NOW), UUID::randomUUID);

    @Test
    void a_change_is_an_event_with_the_hash_before_and_after() {
        PolicyEdition before = reload.make(PACKAGED);
        PolicyEdition after = reload.make(CHANGED);
        reload.announce(before, after);
        AuditEvent event = audit.only();
        assertThat(event.type()).isEqualTo(EventType.POLICY_CHANGED);
        assertThat(event.outcome()).isEqualTo(EventOutcome.ALLOWED);
        assertThat(event.timestamp()).isEqualTo(NOW);
        assertThat(event.userId()).as("no token made the change").isNull();
        assertThat(event.action()).isEqualTo("policy:reload");
        assertThat(event.resource()).isEqualTo("CLAWSEC_POLICY_DIR");
        assertThat(event.metadata())
                .isEqualTo(Map.of(
                        "changes",
                        Map.of("version", Map.of("from", before.hash(SETTINGS), "to", after.hash(SETTINGS)))));
        assertThat(before.hash(SETTINGS)).isEqualTo(before.inForce(SETTINGS).hash());
    }

    @Test
    void files_that_say_the_same_are_no_change() {
        reload.announce(reload.make(PACKAGED), reload.make(PACKAGED));
        assertThat(audit.events()).isEmpty();
    }

    @Test
    void what_cannot_be_recorded_is_thrown() {
        audit.failWith(new AuditUnavailableException("down", null));
        assertThatThrownBy(() -> reload.announce(reload.make(PACKAGED), reload.make(CHANGED)))
                .isInstanceOf(AuditUnavailableException.class);
    }
}
