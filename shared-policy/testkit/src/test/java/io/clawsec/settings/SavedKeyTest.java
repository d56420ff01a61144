package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.address.AddressRules;
import io.clawsec.model.ApiKey;
import io.clawsec.settings.ChangeResult.Changed;
import io.clawsec.settings.ChangeResult.Invalid;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.InMemorySettings;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A saved key is longer than the one that was given: the bound is that of the given one. */
class SavedKeyTest {

    private final InMemorySettings repository = new InMemorySettings();
    private final SettingsStack stack = new SettingsStack(
            SettingsLayer.empty(), Optional.of(DataKey.of("0f".repeat(DataKey.BYTES), new SecureRandom())));
    private final ActiveSettings active = new ActiveSettings(repository, stack, () -> 0);
    private final SettingsChanges changes = new SettingsChanges(
            repository,
            stack,
            active,
            new BackendPlace(
                    new AddressRules(false, Set.of()), host -> List.of(InetAddress.getByName("1.1.1.1")), url -> false),
            rule -> false);

    private ChangeResult save(String key) {
        return changes.change(
                SettingsSection.LLM,
                Map.of("api_url", "https://a.example/v1", "api_key", key),
                OptionalLong.empty(),
                changed -> new AuditSamples(1).event());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3000, 3050, 4095, 4096})
    void a_key_that_is_taken_is_kept_whatever_its_length(int length) {
        String key = "k".repeat(length);
        assertThat(save(key)).isInstanceOf(Changed.class);
        ActiveSettings restarted = new ActiveSettings(repository, stack, () -> 0);
        assertThat(restarted.current().llm().apiKey()).map(ApiKey::value).hasValue(key);
    }

    @Test
    void a_longer_one_is_refused_and_nothing_is_saved() {
        assertThat(save("k".repeat(4097))).isInstanceOf(Invalid.class);
        assertThat(repository.read()).isEqualTo(StoredSettings.NONE);
    }

    @Test
    void a_saved_key_that_is_no_text_is_unsound() {
        StoredSettings damaged = new StoredSettings(1, Map.of(SettingsSection.LLM, "{\"api_key\":1}"));
        assertThatThrownBy(() -> stack.settings(damaged)).isInstanceOf(SettingsUnavailableException.class);
    }
}
