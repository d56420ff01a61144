package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.address.AddressRules;
import io.clawsec.audit.AuditEvent;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.json.FieldError;
import io.clawsec.json.Json;
import io.clawsec.model.ApiKey;
import io.clawsec.settings.ChangeResult.Changed;
import io.clawsec.settings.ChangeResult.Invalid;
import io.clawsec.settings.ChangeResult.Stale;
import io.clawsec.settings.LlmSettings.KeyState;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.InMemorySettings;
import io.clawsec.testkit.ManyCallers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How changes are judged, saved and put in force, and where a key may go. */
class SettingsChangesTest {

    private static final Optional<DataKey> KEY = Optional.of(DataKey.of("0f".repeat(32), new SecureRandom()));
    private static final SettingsLayer ENVIRONMENT = new SettingsLayer(
            Map.of(Setting.API_URL, "https://env.example/v1", Setting.API_KEY, "env-key", Setting.MODEL, "env-model"),
            Set.of());

    private final InMemorySettings repository = new InMemorySettings();
    private final AtomicLong samples = new AtomicLong(1_000);

    /** One process over the repository. */
    private final class Process {
        final SettingsStack stack;
        final ActiveSettings active;
        final SettingsChanges changes;

        Process(SettingsLayer environment, Optional<DataKey> key) {
            stack = new SettingsStack(environment, key);
            active = new ActiveSettings(repository, stack, () -> 0);
            BackendPlace place =
                    new BackendPlace(new AddressRules(false, Set.of()), SettingsChangesTest::lookUp, url -> false);
            changes = new SettingsChanges(repository, stack, active, place, rule -> rule.startsWith("rule-"));
        }

        ChangeResult change(String section, String updates) {
            return change(section, updates, OptionalLong.empty());
        }

        ChangeResult change(String section, String updates, OptionalLong version) {
            try {
                Map<String, @Nullable Object> tree = Json.parseObject(updates);
                return changes.change(SettingsSection.of(section).orElseThrow(), tree, version, changed -> event());
            } catch (io.clawsec.json.MalformedJsonException e) {
                throw new AssertionError(e);
            }
        }

        Optional<String> key() {
            return active.current().llm().apiKey().map(ApiKey::value);
        }
    }

    /** What it tells of is {@link SettingsEventsTest}'s. */
    private AuditEvent event() {
        return new AuditSamples(samples.incrementAndGet()).event();
    }

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        return switch (host) {
            case "unknown.example" -> throw new UnknownHostException(host);
            case "meta.example" -> List.of(InetAddress.getByName("169.254.169.254"));
            case "near.example" -> List.of(InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1"));
            default ->
                host.contains(":") || Character.isDigit(host.charAt(0))
                        ? List.of(InetAddress.getByName(host))
                        : List.of(InetAddress.getByName("1.1.1.1"));
        };
    }

    private final Process process = new Process(SettingsLayer.empty(), KEY);

    private static List<FieldError> errors(ChangeResult result) {
        return ((Invalid) result).errors();
    }

    @Test
    void a_change_is_durable_in_force_at_once_and_told_with_old_and_new() {
        Changed changed = (Changed) process.change("llm", "{\"model\":\"m1\",\"max_tokens\":7}");
        assertThat(changed.settings().version()).isEqualTo(1);
        assertThat(changed.differences())
                .containsEntry(Setting.MODEL, new ChangeResult.Difference("gpt-4", "m1"))
                .containsEntry(Setting.MAX_TOKENS, new ChangeResult.Difference(2048L, 7L))
                .hasSize(2);
        assertThat(process.active.current().llm().model()).isEqualTo("m1");
        assertThat(process.active.current().source(Setting.MODEL)).isEqualTo(SettingSource.SETTINGS);
        assertThat(process.active.current().source(Setting.API_URL)).isEqualTo(SettingSource.PACKAGED);
        assertThat(new Process(SettingsLayer.empty(), KEY)
                        .active
                        .current()
                        .llm()
                        .model())
                .isEqualTo("m1");
    }

    @Test
    void what_is_saved_outranks_the_environment_until_it_is_taken_back() {
        Process with = new Process(ENVIRONMENT, KEY);
        assertThat(with.active.current().source(Setting.MODEL)).isEqualTo(SettingSource.ENVIRONMENT);
        with.change("llm", "{\"model\":\"saved\"}");
        assertThat(with.active.current().llm().model()).isEqualTo("saved");
        with.change("llm", "{\"model\":null}");
        assertThat(with.active.current().llm().model()).isEqualTo("env-model");
    }

    @Test
    void sections_do_not_touch_each_other() {
        process.change("llm", "{\"model\":\"m1\"}");
        process.change("policy", "{\"modes\":{\"rule-b\":\"off\",\"rule-a\":\"monitor\"}}");
        process.change("server", "{\"allowed_origins\":[\"https://a.example\"]}");
        Settings settings = process.active.current();
        assertThat(settings.version()).isEqualTo(3);
        assertThat(settings.llm().model()).isEqualTo("m1");
        assertThat(settings.policy().modes()).isEqualTo(Map.of("rule-a", RuleMode.MONITOR, "rule-b", RuleMode.OFF));
        assertThat(settings.server().allowedOrigins()).containsExactly("https://a.example");
        assertThat(repository.read().sections())
                .containsEntry(SettingsSection.POLICY, "{\"modes\":{\"rule-a\":\"monitor\",\"rule-b\":\"off\"}}");
    }

    @Test
    void all_bad_fields_are_told_and_nothing_is_changed() {
        assertThat(errors(process.change(
                        "llm", "{\"model\":\"ok\",\"max_tokens\":0,\"timeout_seconds\":\"x\",\"nonsense\":1}")))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("max_tokens", "timeout_seconds", "nonsense");
        assertThat(errors(process.change(
                        "policy", "{\"model\":\"ok\",\"modes\":{\"rule-a\":\"off\",\"other\":\"off\"}}")))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("model", "modes.other");
        assertThat(repository.read()).isEqualTo(StoredSettings.NONE);
    }

    @Test
    void a_locked_field_is_not_changed_and_what_was_saved_of_it_does_not_count() {
        process.change("llm", "{\"model\":\"saved\",\"max_tokens\":5}");
        Process locked = new Process(new SettingsLayer(Map.of(Setting.MODEL, "fixed"), Set.of(Setting.MODEL)), KEY);
        assertThat(locked.active.current().llm().model()).isEqualTo("fixed");
        assertThat(locked.active.current().llm().maxTokens()).isEqualTo(5);
        assertThat(errors(locked.change("llm", "{\"model\":\"other\",\"max_tokens\":6}")))
                .containsExactly(new FieldError("model", "is locked by the operator"));
        assertThat(errors(locked.change("llm", "{\"model\":null}"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v1, fine",
        "http://meta.example/v1, refused",
        "http://near.example/v1, refused",
        "http://unknown.example/v1, refused",
        "http://169.254.169.254/latest, refused",
        "http://[::ffff:169.254.169.254]/, refused",
        "http://[fd00:ec2::254]/, refused",
        "http://127.0.0.1:8000/v1, refused",
        "http://[::1]/v1, refused",
        "http://10.0.0.1/v1, refused",
        "http://100.100.100.200/, refused",
        "http://224.0.0.1/, refused",
        "http://8.8.8.8/, fine",
    })
    void an_address_is_judged_before_it_is_saved(String url, String expected) {
        ChangeResult result = process.change("llm", "{\"api_url\":\"" + url + "\"}");
        assertThat(result instanceof Changed ? "fine" : "refused").isEqualTo(expected);
        if (result instanceof Invalid invalid) {
            assertThat(invalid.errors()).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("api_url");
                assertThat(error.message()).doesNotContain("169", "example");
            });
        }
    }

    @Test
    void a_key_is_kept_sealed_and_shown_as_set_only() {
        process.change("llm", "{\"api_url\":\"https://a.example/v1\",\"api_key\":\"sk-secret-1\"}");
        assertThat(process.key()).contains("sk-secret-1");
        assertThat(process.active.current().shown(Setting.API_KEY)).isEqualTo("set");
        assertThat(repository.read().sections().toString() + process.active.current() + repository.read())
                .doesNotContain("sk-secret-1");
        Changed replaced = (Changed) process.change("llm", "{\"api_key\":\"sk-secret-2\"}");
        assertThat(replaced.differences()).containsOnlyKeys(Setting.API_KEY);
        assertThat(replaced.toString()).doesNotContain("sk-secret");
        assertThat(process.key()).contains("sk-secret-2");
        process.change("llm", "{\"model\":\"m\"}");
        assertThat(process.key()).contains("sk-secret-2");
    }

    @Test
    void without_a_data_key_no_key_is_kept_and_one_that_is_cannot_be_read() {
        process.change("llm", "{\"api_url\":\"https://a.example/v1\",\"api_key\":\"sk-secret-1\"}");
        Process without = new Process(SettingsLayer.empty(), Optional.empty());
        assertThat(errors(without.change("llm", "{\"api_key\":\"sk-secret-2\"}")))
                .containsExactly(new FieldError("api_key", "cannot be kept without CLAWSEC_DATA_KEY"));
        assertThat(without.key()).isEmpty();
        assertThat(without.active.current().llm().apiKeyState()).isEqualTo(KeyState.UNREADABLE);
        assertThat(without.change("llm", "{\"api_key\":\"\"}")).isInstanceOf(Changed.class);
        assertThat(without.active.current().llm().apiKeyState()).isEqualTo(KeyState.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/other/path, kept",
        "https://A.Example:443/v1, kept",
        "https://a.example./v1, kept",
        "http://a.example/v1, cleared",
        "https://a.example:8443/v1, cleared",
        "https://b.example/v1, cleared",
        "https://a.example.evil.example/v1, cleared",
        "'', cleared",
    })
    void a_key_stays_with_its_origin(String url, String expected) {
        process.change("llm", "{\"api_url\":\"https://a.example/v1\",\"api_key\":\"sk-secret-1\"}");
        process.change("llm", "{\"api_url\":\"" + url + "\"}");
        assertThat(process.key().isPresent() ? "kept" : "cleared").isEqualTo(expected);
        process.change("llm", "{\"api_url\":\"https://a.example/v1\"}");
        assertThat(process.key().isPresent() ? "kept" : "cleared")
                .as("it does not come back")
                .isEqualTo(expected);
    }

    @Test
    void a_new_key_may_come_along_with_a_new_origin() {
        process.change("llm", "{\"api_url\":\"https://a.example/v1\",\"api_key\":\"sk-secret-1\"}");
        process.change("llm", "{\"api_key\":\"sk-secret-2\",\"api_url\":\"https://b.example/v1\"}");
        assertThat(process.key()).contains("sk-secret-2");
    }

    @Test
    void the_environments_key_goes_to_the_environments_origin_only() {
        Process with = new Process(ENVIRONMENT, KEY);
        assertThat(with.key()).contains("env-key");
        with.change("llm", "{\"api_url\":\"https://evil.example/v1\"}");
        assertThat(with.key()).isEmpty();
        with.change("llm", "{\"api_url\":\"https://evil.example/v1\",\"api_key\":null}");
        assertThat(with.key()).as("asked for by name").isEmpty();
        with.change("llm", "{\"api_url\":null,\"api_key\":null}");
        assertThat(with.key()).contains("env-key");
    }

    @Test
    void whoever_can_write_the_store_cannot_send_a_key_elsewhere() {
        process.change("llm", "{\"api_url\":\"https://a.example/v1\",\"api_key\":\"sk-secret-1\"}");
        String content = repository.read().sections().getOrDefault(SettingsSection.LLM, "");
        assertThat(repository.save(SettingsSection.LLM, content.replace("a.example", "evil.example"), 1))
                .hasValue(2);
        Process other = new Process(SettingsLayer.empty(), KEY);
        assertThat(other.active.current().llm().apiUrl().orElseThrow().getHost())
                .isEqualTo("evil.example");
        assertThat(other.key()).isEmpty();
    }

    @Test
    void a_change_for_an_old_version_is_stale() {
        assertThat(process.change("llm", "{\"model\":\"a\"}", OptionalLong.of(0)))
                .isInstanceOf(Changed.class);
        assertThat(process.change("llm", "{\"model\":\"b\"}", OptionalLong.of(0)))
                .isInstanceOf(Stale.class);
        assertThat(process.change("policy", "{\"max_input_length\":5}", OptionalLong.of(2)))
                .isInstanceOf(Stale.class);
        assertThat(process.change("llm", "{\"model\":\"c\"}", OptionalLong.of(1)))
                .isInstanceOf(Changed.class);
    }

    @Test
    void of_many_changes_for_one_version_one_is_made_and_without_a_version_all_are() {
        List<ChangeResult> versioned = ManyCallers.run(
                16, caller -> process.change("llm", "{\"model\":\"m" + caller + "\"}", OptionalLong.of(0)));
        assertThat(versioned).filteredOn(Changed.class::isInstance).hasSize(1);
        List<ChangeResult> free =
                ManyCallers.run(8, caller -> process.change("policy", "{\"modes\":{\"rule-" + caller + "\":\"off\"}}"));
        assertThat(free).allMatch(Changed.class::isInstance);
        assertThat(repository.read().version()).isEqualTo(9);
        assertThat(process.active.current().version()).isEqualTo(9);
    }

    @Test
    void fields_that_only_a_later_release_knows_stay() {
        assertThat(repository.save(SettingsSection.LLM, "{\"later\":[1],\"model\":\"m\"}", 0))
                .hasValue(1);
        process.change("llm", "{\"max_tokens\":9}");
        assertThat(repository.read().sections())
                .containsEntry(SettingsSection.LLM, "{\"later\":[1],\"max_tokens\":9,\"model\":\"m\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "[]", "{\"model\":\"\"}", "{\"api_url\":\"ftp://x/\"}", "{\"max_tokens\":0}"})
    void unsound_content_is_not_guessed_at(String content) {
        assertThat(repository.save(SettingsSection.LLM, content, 0)).hasValue(1);
        assertThatThrownBy(() -> process.active.current()).isInstanceOf(SettingsUnavailableException.class);
    }

    @Test
    void a_store_that_fails_changes_nothing() {
        process.change("llm", "{\"model\":\"a\"}");
        repository.breakDown(true);
        assertThatThrownBy(() -> process.change("llm", "{\"model\":\"b\"}"))
                .isInstanceOf(SettingsUnavailableException.class);
        assertThat(process.active.current().llm().model()).isEqualTo("a");
    }
}
