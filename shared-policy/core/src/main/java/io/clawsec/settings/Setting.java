package io.clawsec.settings;

import static io.clawsec.settings.SettingsSection.LLM;
import static io.clawsec.settings.SettingsSection.POLICY;
import static io.clawsec.settings.SettingsSection.SERVER;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One field that may be set. Its values are trees as {@link io.clawsec.json.Json} reads them.
 *
 * <p>An empty {@code api_url} means that the built-in mock answers, an empty {@code api_key} that there is none.
 */
public enum Setting {
    PROVIDER(LLM, "provider", ProviderPreset.CUSTOM, ValueRules.oneOf(ProviderPreset.names())),
    API_URL(LLM, "api_url", "", ValueRules.backendUrl()),
    API_KEY(LLM, "api_key", "", ValueRules.apiKey()),
    MODEL(LLM, "model", "gpt-4", ValueRules.modelName()),
    MAX_TOKENS(LLM, "max_tokens", 2048L, ValueRules.integer(1, 1_000_000)),
    TIMEOUT_SECONDS(LLM, "timeout_seconds", 30L, ValueRules.integer(1, 3600)),
    MAX_INPUT_LENGTH(POLICY, "max_input_length", 32_768L, ValueRules.integer(1, 1_000_000)),
    PII_FILTER_INPUT(POLICY, "pii_filter_input", true, ValueRules.flag()),
    PII_FILTER_OUTPUT(POLICY, "pii_filter_output", true, ValueRules.flag()),
    BLOCK_PROMPT_INJECTION(POLICY, "block_prompt_injection", true, ValueRules.flag()),
    BLOCK_SECRET_EXFILTRATION(POLICY, "block_secret_exfiltration", true, ValueRules.flag()),
    MODES(POLICY, "modes", Map.of(), ValueRules.modes()),
    ALLOWED_ORIGINS(SERVER, "allowed_origins", List.of(), ValueRules.origins()),
    TRUSTED_PROXIES(SERVER, "trusted_proxies", List.of(), ValueRules.addressBlocks());

    private final SettingsSection section;
    private final String field;
    private final Object packaged;
    private final ValueRule rule;

    Setting(SettingsSection section, String field, Object packaged, ValueRule rule) {
        this.section = section;
        this.field = field;
        this.packaged = packaged;
        this.rule = rule;
    }

    public SettingsSection section() {
        return section;
    }

    /** The name within the section, such as {@code api_url}. */
    public String field() {
        return field;
    }

    /** The name of all, such as {@code llm.api_url}. */
    public String path() {
        return section.wireName() + "." + field;
    }

    /** The value where nobody says otherwise. */
    public Object packaged() {
        return packaged;
    }

    /** What is wrong with a value, in words that go on from the field's name and quote nothing; empty: nothing is. */
    public Optional<String> objection(Object value) {
        return rule.objection(value);
    }

    /** The fields of a section, in the order of the contract. */
    public static List<Setting> of(SettingsSection section) {
        return Stream.of(values()).filter(setting -> setting.section == section).toList();
    }

    /** Finds a field of a section. */
    public static Optional<Setting> of(SettingsSection section, String field) {
        return of(section).stream()
                .filter(setting -> setting.field.equals(field))
                .findFirst();
    }
}
