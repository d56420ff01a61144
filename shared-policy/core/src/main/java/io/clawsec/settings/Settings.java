package io.clawsec.settings;

import io.clawsec.json.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The settings in force at one moment, each with where it comes from. Immutable; two moments without a change in between
 * have the same object, so that what is made of it can be kept with it.
 */
public final class Settings {

    private final long version;
    private final LlmSettings llm;
    private final PolicySettings policy;
    private final ServerSettings server;
    private final Map<Setting, Object> shown;
    private final Map<Setting, SettingSource> sources;

    Settings(
            long version,
            LlmSettings llm,
            PolicySettings policy,
            ServerSettings server,
            Map<Setting, Object> shown,
            Map<Setting, SettingSource> sources) {
        this.version = version;
        this.llm = llm;
        this.policy = policy;
        this.server = server;
        this.shown = Collections.unmodifiableMap(new EnumMap<>(shown));
        this.sources = Collections.unmodifiableMap(new EnumMap<>(sources));
    }

    /** How many times anything was saved; 0 when nothing was. */
    public long version() {
        return version;
    }

    public LlmSettings llm() {
        return llm;
    }

    public PolicySettings policy() {
        return policy;
    }

    public ServerSettings server() {
        return server;
    }

    public SettingSource source(Setting setting) {
        return Objects.requireNonNull(sources.get(setting));
    }

    /** A field's value as callers may see it: of the key only whether there is one. */
    public Object shown(Setting setting) {
        return Objects.requireNonNull(shown.get(setting));
    }

    /** A section as callers may see it. */
    public JsonObject shown(SettingsSection section) {
        return shown(section, every -> true);
    }

    /** Some fields of a section as callers may see them. */
    public JsonObject shown(SettingsSection section, Predicate<Setting> wanted) {
        JsonObject fields = new JsonObject();
        Setting.of(section).stream().filter(wanted).forEach(setting -> fields.with(setting.field(), shown(setting)));
        return fields;
    }

    /** Shows the version only. */
    @Override
    public String toString() {
        return "Settings[version=" + version + "]";
    }
}
