package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.Verification;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.StoredSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every store of settings must keep, and how it settles who was first. */
public abstract class SettingsRepositoryContract {

    private static final int WRITERS = 64;

    /** The repository of a store that was empty when the test began; the same one each time within a test. */
    protected abstract SettingsRepository settings();

    /** The audit of the same store, in the same process. */
    protected abstract AuditRepository audit();

    /** A repository on the same store, as another process would open it. */
    protected abstract SettingsRepository otherProcess();

    private OptionalLong save(SettingsSection section, String content, long expectedVersion) {
        return save(settings(), section, content, expectedVersion, 0);
    }

    /** Saves with an event of its own, so that many writers can. */
    private static OptionalLong save(
            SettingsRepository at, SettingsSection section, String content, long expectedVersion, int writer) {
        return at.save(section, content, expectedVersion, event(expectedVersion, writer));
    }

    private static AuditEvent event(long version, int writer) {
        return new AuditSamples(1_000 * version + writer).event();
    }

    private List<AuditEvent> events() {
        return audit().find(AuditQuery.newest(AuditQuery.MOST)).events().stream()
                .map(StoredEvent::event)
                .toList();
    }

    @Test
    void a_new_store_has_version_0_and_nothing_in_it() {
        assertThat(settings().read()).isEqualTo(StoredSettings.NONE);
    }

    @Test
    void what_is_saved_is_read_and_raises_the_version_of_all() {
        assertThat(save(SettingsSection.LLM, "{\"model\":\"a\"}", 0)).hasValue(1);
        assertThat(save(SettingsSection.POLICY, "{}", 1)).hasValue(2);
        assertThat(save(SettingsSection.LLM, "{\"model\":\"b\"}", 2)).hasValue(3);
        assertThat(settings().read())
                .isEqualTo(new StoredSettings(
                        3, Map.of(SettingsSection.LLM, "{\"model\":\"b\"}", SettingsSection.POLICY, "{}")));
    }

    @Test
    void whoever_is_late_saves_nothing() {
        save(SettingsSection.LLM, "{\"model\":\"first\"}", 0);
        for (long version : new long[] {0, 2, -1, Long.MAX_VALUE}) {
            assertThat(save(SettingsSection.LLM, "{}", version)).isEmpty();
            assertThat(save(SettingsSection.SERVER, "{}", version)).isEmpty();
        }
        assertThat(settings().read())
                .isEqualTo(new StoredSettings(1, Map.of(SettingsSection.LLM, "{\"model\":\"first\"}")));
    }

    @Test
    void of_many_writers_for_one_version_exactly_one_wins() {
        SettingsRepository other = otherProcess();
        for (long version = 0; version < 3; version++) {
            long expected = version;
            List<OptionalLong> results = ManyCallers.run(
                    WRITERS,
                    writer -> save(
                            writer % 2 == 0 ? settings() : other,
                            SettingsSection.SERVER,
                            "{\"writer\":" + writer + "}",
                            expected,
                            writer));
            assertThat(results).filteredOn(OptionalLong::isPresent).containsExactly(OptionalLong.of(expected + 1));
            int winner = results.indexOf(OptionalLong.of(expected + 1));
            assertThat(settings().read().sections())
                    .containsEntry(SettingsSection.SERVER, "{\"writer\":" + winner + "}");
            assertThat(events()).hasSize((int) expected + 1).contains(event(expected, winner));
        }
    }

    @Test
    void no_update_is_lost_where_everyone_tries_again() {
        SettingsRepository other = otherProcess();
        ManyCallers.run(WRITERS / 4, writer -> {
            SettingsRepository mine = writer % 2 == 0 ? settings() : other;
            while (true) {
                StoredSettings read = mine.read();
                String content = read.sections().getOrDefault(SettingsSection.LLM, "");
                if (save(mine, SettingsSection.LLM, content + "x", read.version(), writer)
                        .isPresent()) {
                    return writer;
                }
            }
        });
        assertThat(settings().read())
                .isEqualTo(new StoredSettings(WRITERS / 4, Map.of(SettingsSection.LLM, "x".repeat(WRITERS / 4))));
    }

    @Test
    void a_change_and_its_event_are_one_thing() {
        AuditEvent first = event(1, 1);
        AuditEvent late = event(1, 2);
        assertThat(settings().save(SettingsSection.LLM, "{}", 0, first)).hasValue(1);
        assertThat(events()).containsExactly(first);
        assertThat(settings().save(SettingsSection.LLM, "{}", 0, late)).isEmpty();
        assertThat(events()).as("no event of a change that was not made").containsExactly(first);
        for (AuditEvent unkept : List.of(first, withoutStoredForm())) {
            assertThatThrownBy(() -> settings().save(SettingsSection.LLM, "{\"model\":\"unseen\"}", 1, unkept))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(settings().read())
                .as("no change without its event")
                .isEqualTo(new StoredSettings(1, Map.of(SettingsSection.LLM, "{}")));
        assertThat(settings().save(SettingsSection.LLM, "{}", 1, late)).hasValue(2);
        audit().append(List.of(event(1, 3)));
        assertThat(AuditVerifier.verify(audit())).isEqualTo(new Verification(3, 1, List.of()));
    }

    private static AuditEvent withoutStoredForm() {
        AuditEvent event = event(7, 7);
        return new AuditEvent(
                event.id(),
                event.timestamp(),
                event.type(),
                event.userId(),
                event.role(),
                event.action(),
                event.resource(),
                event.outcome(),
                event.policyViolations(),
                Map.of("long", "x".repeat(AuditRecord.MOST_BYTES)),
                event.ipAddress(),
                event.requestId());
    }

    @Test
    void two_processes_see_what_the_other_saved_at_once() {
        SettingsRepository other = otherProcess();
        save(SettingsSection.LLM, "{\"model\":\"mine\"}", 0);
        assertThat(other.read()).isEqualTo(settings().read());
        assertThat(save(other, SettingsSection.POLICY, "{}", 1, 0)).hasValue(2);
        assertThat(settings().read()).isEqualTo(other.read());
    }

    @Test
    void text_comes_back_as_it_was() {
        String text = "{\"model\":\"Zoë 😀 \\u0000 \u202E\u0301 ' \\\" ; --\"}";
        save(SettingsSection.LLM, text, 0);
        assertThat(otherProcess().read().sections()).containsEntry(SettingsSection.LLM, text);
    }

    @Test
    void the_longest_content_is_kept_and_a_longer_one_refused() {
        String longest = "x".repeat(SettingsRepository.LONGEST_CONTENT);
        assertThat(save(SettingsSection.POLICY, longest, 0)).hasValue(1);
        assertThat(settings().read().sections()).containsEntry(SettingsSection.POLICY, longest);
        assertThatThrownBy(() -> save(SettingsSection.POLICY, longest + "x", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(settings().read().version()).isEqualTo(1);
    }
}
