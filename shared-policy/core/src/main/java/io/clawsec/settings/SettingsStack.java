package io.clawsec.settings;

import io.clawsec.address.CidrBlock;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.model.ApiKey;
import io.clawsec.settings.LlmSettings.KeyState;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is saved on what the environment says, and that on what is packaged. Immutable.
 *
 * <p>A key is used only for the origin that it was given for: one that is saved is sealed to it, and the environment's
 * belongs to the environment's URL. So no change of a URL, by whomever and in whichever layer, sends a key elsewhere.
 */
public final class SettingsStack {

    private final SettingsLayer environment;
    private final Optional<DataKey> dataKey;

    /**
     * Makes the stack.
     *
     * @param dataKey opens and seals the saved key; empty: one that is saved cannot be read, and none can be saved
     */
    public SettingsStack(SettingsLayer environment, Optional<DataKey> dataKey) {
        this.environment = environment;
        this.dataKey = dataKey;
    }

    /**
     * The settings that this makes.
     *
     * @throws SettingsUnavailableException when what is saved is unsound
     */
    public Settings settings(StoredSettings stored) {
        Map<Setting, Object> saved = new EnumMap<>(Setting.class);
        for (SettingsSection section : SettingsSection.values()) {
            Map<String, @Nullable Object> content = content(stored, section);
            for (Setting setting : Setting.of(section)) {
                Object value = content.get(setting.field());
                if (value != null && !environment.locked().contains(setting)) {
                    saved.put(setting, sound(setting, value));
                }
            }
        }
        return merge(stored.version(), saved);
    }

    /** A section's saved fields, those that only a later release knows included; sorted, and free to change. */
    static Map<String, @Nullable Object> content(StoredSettings stored, SettingsSection section) {
        String json = stored.sections().get(section);
        try {
            return json == null ? new TreeMap<>() : new TreeMap<>(Json.parseObject(json));
        } catch (MalformedJsonException e) {
            throw new SettingsUnavailableException("what is saved of " + section.wireName() + " is damaged", e);
        }
    }

    private static Object sound(Setting setting, Object value) {
        // A saved key is sealed, and so longer than a key may be; what is wrong with it shows when it is opened.
        boolean sound = setting == Setting.API_KEY
                ? value instanceof String
                : setting.objection(value).isEmpty();
        if (!sound) {
            throw new SettingsUnavailableException("the saved value of " + setting.path() + " is unsound", null);
        }
        return value;
    }

    boolean isLocked(Setting setting) {
        return environment.locked().contains(setting);
    }

    boolean canSeal() {
        return dataKey.isPresent();
    }

    /** A key in the form in which it is saved, for the origin of a URL. */
    String sealed(String apiKey, String apiUrl) {
        return apiKey.isEmpty() ? "" : dataKey.orElseThrow().seal(apiKey, purpose(apiUrl));
    }

    private static String purpose(String apiUrl) {
        return Setting.API_KEY.path() + "\n" + Origin.of(apiUrl);
    }

    private Settings merge(long version, Map<Setting, Object> saved) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        Map<Setting, SettingSource> sources = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (saved.containsKey(setting)) {
                values.put(setting, saved.get(setting));
                sources.put(setting, SettingSource.SETTINGS);
            } else if (environment.values().containsKey(setting)) {
                values.put(setting, environment.values().get(setting));
                sources.put(setting, SettingSource.ENVIRONMENT);
            } else {
                values.put(setting, setting.packaged());
                sources.put(setting, SettingSource.PACKAGED);
            }
        }
        LlmSettings llm = llm(values, saved.containsKey(Setting.API_KEY));
        values.put(Setting.API_KEY, llm.apiKeyState().shown());
        return new Settings(version, llm, policy(values), server(values), values, sources);
    }

    private LlmSettings llm(Map<Setting, Object> values, boolean keyIsSaved) {
        String url = text(values, Setting.API_URL);
        String key = text(values, Setting.API_KEY);
        Optional<ApiKey> apiKey = Optional.empty();
        KeyState state = KeyState.NONE;
        if (!key.isEmpty() && keyIsSaved) {
            apiKey = dataKey.flatMap(opener -> opener.open(key, purpose(url))).map(ApiKey::new);
            state = apiKey.isPresent() ? KeyState.SET : KeyState.UNREADABLE;
        } else if (!key.isEmpty() && Origin.of(url).equals(environmentOrigin())) {
            apiKey = Optional.of(new ApiKey(key));
            state = KeyState.SET;
        }
        return new LlmSettings(
                text(values, Setting.PROVIDER),
                url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
                apiKey,
                state,
                text(values, Setting.MODEL),
                number(values, Setting.MAX_TOKENS),
                number(values, Setting.TIMEOUT_SECONDS));
    }

    private String environmentOrigin() {
        return Origin.of((String) environment.values().getOrDefault(Setting.API_URL, ""));
    }

    private static PolicySettings policy(Map<Setting, Object> values) {
        Map<String, RuleMode> modes = new HashMap<>();
        ((Map<?, ?>) value(values, Setting.MODES))
                .forEach((rule, mode) -> modes.put(
                        String.valueOf(rule), RuleMode.of(String.valueOf(mode)).orElseThrow()));
        return new PolicySettings(
                number(values, Setting.MAX_INPUT_LENGTH),
                flag(values, Setting.PII_FILTER_INPUT),
                flag(values, Setting.PII_FILTER_OUTPUT),
                flag(values, Setting.BLOCK_PROMPT_INJECTION),
                flag(values, Setting.BLOCK_SECRET_EXFILTRATION),
                modes);
    }

    private static ServerSettings server(Map<Setting, Object> values) {
        return new ServerSettings(
                Set.copyOf(texts(values, Setting.ALLOWED_ORIGINS)),
                texts(values, Setting.TRUSTED_PROXIES).stream()
                        .map(CidrBlock::parse)
                        .toList());
    }

    private static Object value(Map<Setting, Object> values, Setting setting) {
        return Objects.requireNonNull(values.get(setting));
    }

    private static String text(Map<Setting, Object> values, Setting setting) {
        return (String) value(values, setting);
    }

    private static int number(Map<Setting, Object> values, Setting setting) {
        return Math.toIntExact((Long) value(values, setting));
    }

    private static boolean flag(Map<Setting, Object> values, Setting setting) {
        return (Boolean) value(values, setting);
    }

    private static List<String> texts(Map<Setting, Object> values, Setting setting) {
        return ((List<?>) value(values, setting)).stream().map(String::valueOf).toList();
    }
}
