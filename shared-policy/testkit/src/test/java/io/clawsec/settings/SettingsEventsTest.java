package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.address.AddressRules;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.settings.ChangeResult.Changed;
import io.clawsec.settings.ChangeResult.Invalid;
import io.clawsec.settings.ChangeResult.Stale;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.InMemorySettings;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A change and the event that tells of it are kept together, whatever happens. */
class SettingsEventsTest {

    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemorySettings repository = new InMemorySettings(audit);
    private final SettingsStack stack = new SettingsStack(SettingsLayer.empty(), Optional.empty());
    private final ActiveSettings active = new ActiveSettings(repository, stack, () -> 0);
    private final SettingsChanges changes = new SettingsChanges(
            repository,
            stack,
            active,
            new BackendPlace(
                    new AddressRules(false, Set.of()), host -> List.of(InetAddress.getByName("1.1.1.1")), url -> false),
            rule -> true);

    private ChangeResult change(String model, OptionalLong version, Function<Changed, AuditEvent> event) {
        return changes.change(SettingsSection.LLM, Map.of("model", model), version, event);
    }

    private ChangeResult change(String model) {
        return change(model, OptionalLong.empty(), SettingsEventsTest::event);
    }

    private static AuditEvent event(Changed changed) {
        return new AuditEvent(
                UUID.randomUUID(),
                Instant.EPOCH,
                EventType.CONFIG_UPDATED,
                null,
                null,
                "config:change",
                changed.settings().version() + ": " + changed.differences().get(Setting.MODEL),
                EventOutcome.ALLOWED,
                List.of(),
                Map.of(),
                null,
                UUID.randomUUID());
    }

    private List<String> told() {
        return audit.events().stream().map(AuditEvent::resource).toList();
    }

    @Test
    void the_event_tells_of_the_change_and_comes_with_it() {
        assertThat(change("m1")).isInstanceOf(Changed.class);
        assertThat(told()).containsExactly("1: Difference[before=gpt-4, after=m1]");
    }

    @Test
    void without_an_event_there_is_no_change() {
        change("m1");
        audit.failWith(new AuditUnavailableException("told to fail", null));
        assertThatThrownBy(() -> change("m2")).isInstanceOf(SettingsUnavailableException.class);
        assertThat(active.current().llm().model()).isEqualTo("m1");
        assertThat(repository.read().version()).isEqualTo(1);
    }

    @Test
    void without_a_change_there_is_no_event() {
        assertThat(change("", OptionalLong.empty(), SettingsEventsTest::event)).isInstanceOf(Invalid.class);
        assertThat(change("m1", OptionalLong.of(7), SettingsEventsTest::event)).isInstanceOf(Stale.class);
        repository.breakDown(true);
        assertThatThrownBy(() -> change("m1")).isInstanceOf(SettingsUnavailableException.class);
        assertThat(audit.events()).isEmpty();
    }

    @Test
    void an_event_that_cannot_be_made_leaves_everything_as_it_was() {
        assertThatThrownBy(() -> change("m1", OptionalLong.empty(), changed -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(repository.read()).isEqualTo(StoredSettings.NONE);
        assertThat(active.current().llm().model()).isEqualTo("gpt-4");
    }

    @Test
    void where_others_save_in_between_the_event_tells_of_the_try_that_was_saved() {
        change("mine", OptionalLong.empty(), changed -> {
            if (changed.settings().version() == 1) {
                change("theirs");
            }
            return event(changed);
        });
        assertThat(told())
                .containsExactly(
                        "1: Difference[before=gpt-4, after=theirs]", "2: Difference[before=theirs, after=mine]");
    }
}
