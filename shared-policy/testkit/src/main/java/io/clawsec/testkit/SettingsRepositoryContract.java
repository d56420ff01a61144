package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    /** A repository on the same store, as another process would open it. */
    protected abstract SettingsRepository otherProcess();

    @Test
    void a_new_store_has_version_0_and_nothing_in_it() {
        assertThat(settings().read()).isEqualTo(StoredSettings.NONE);
    }

    @Test
    void what_is_saved_is_read_and_raises_the_version_of_all() {
        assertThat(settings().save(SettingsSection.LLM, "{\"model\":\"a\"}", 0)).hasValue(1);
        assertThat(settings().save(SettingsSection.POLICY, "{}", 1)).hasValue(2);
        assertThat(settings().save(SettingsSection.LLM, "{\"model\":\"b\"}", 2)).hasValue(3);
        assertThat(settings().read())
                .isEqualTo(new StoredSettings(
                        3, Map.of(SettingsSection.LLM, "{\"model\":\"b\"}", SettingsSection.POLICY, "{}")));
    }

    @Test
    void whoever_is_late_saves_nothing() {
        settings().save(SettingsSection.LLM, "{\"model\":\"first\"}", 0);
        for (long version : new long[] {0, 2, -1, Long.MAX_VALUE}) {
            assertThat(settings().save(SettingsSection.LLM, "{}", version)).isEmpty();
            assertThat(settings().save(SettingsSection.SERVER, "{}", version)).isEmpty();
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
                    writer -> (writer % 2 == 0 ? settings() : other)
                            .save(SettingsSection.SERVER, "{\"writer\":" + writer + "}", expected));
            assertThat(results).filteredOn(OptionalLong::isPresent).containsExactly(OptionalLong.of(expected + 1));
            int winner = results.indexOf(OptionalLong.of(expected + 1));
            assertThat(settings().read().sections())
                    .containsEntry(SettingsSection.SERVER, "{\"writer\":" + winner + "}");
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
                if (mine.save(SettingsSection.LLM, content + "x", read.version())
                        .isPresent()) {
                    return writer;
                }
            }
        });
        assertThat(settings().read())
                .isEqualTo(new StoredSettings(WRITERS / 4, Map.of(SettingsSection.LLM, "x".repeat(WRITERS / 4))));
    }

    @Test
    void two_processes_see_what_the_other_saved_at_once() {
        SettingsRepository other = otherProcess();
        settings().save(SettingsSection.LLM, "{\"model\":\"mine\"}", 0);
        assertThat(other.read()).isEqualTo(settings().read());
        assertThat(other.save(SettingsSection.POLICY, "{}", 1)).hasValue(2);
        assertThat(settings().read()).isEqualTo(other.read());
    }

    @Test
    void text_comes_back_as_it_was() {
        String text = "{\"model\":\"Zoë 😀 \\u0000 \u202E\u0301 ' \\\" ; --\"}";
        settings().save(SettingsSection.LLM, text, 0);
        assertThat(otherProcess().read().sections()).containsEntry(SettingsSection.LLM, text);
    }

    @Test
    void the_longest_content_is_kept_and_a_longer_one_refused() {
        String longest = "x".repeat(SettingsRepository.LONGEST_CONTENT);
        assertThat(settings().save(SettingsSection.POLICY, longest, 0)).hasValue(1);
        assertThat(settings().read().sections()).containsEntry(SettingsSection.POLICY, longest);
        assertThatThrownBy(() -> settings().save(SettingsSection.POLICY, longest + "x", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(settings().read().version()).isEqualTo(1);
    }
}
