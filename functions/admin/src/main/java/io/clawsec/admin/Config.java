package io.clawsec.admin;

import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Refusal;
import io.clawsec.json.JsonObject;
import io.clawsec.model.Backend;
import io.clawsec.model.LanguageModel;
import io.clawsec.settings.ChangeResult;
import io.clawsec.settings.ProviderPreset;
import io.clawsec.settings.Setting;
import io.clawsec.settings.Settings;
import io.clawsec.settings.SettingsChanges;
import io.clawsec.settings.SettingsSection;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@code /config} shows, changes and tries. Safe for use by many threads. */
final class Config {

    /** What whoever may configure the model may change; the rest is for whoever runs the system. */
    private static final Set<String> OF_THE_MODEL =
            Set.of(Setting.MODEL.field(), Setting.MAX_TOKENS.field(), Setting.TIMEOUT_SECONDS.field());

    private final Supplier<Settings> settings;
    private final SettingsChanges changes;
    private final Runnable auditProbe;
    private final Function<Backend, LanguageModel> backends;

    /**
     * Makes the pages.
     *
     * @param settings gives what is in force now
     * @param auditProbe throws where no event could be kept: nothing is changed then
     * @param backends makes the model of a backend
     */
    Config(
            Supplier<Settings> settings,
            SettingsChanges changes,
            Runnable auditProbe,
            Function<Backend, LanguageModel> backends) {
        this.settings = settings;
        this.changes = changes;
        this.auditProbe = auditProbe;
        this.backends = backends;
    }

    JsonObject shown() {
        Settings inForce = settings.get();
        JsonObject config = new JsonObject();
        JsonObject sources = new JsonObject();
        for (SettingsSection section : SettingsSection.values()) {
            config.with(section.wireName(), inForce.shown(section));
            JsonObject ofFields = new JsonObject();
            Setting.of(section)
                    .forEach(setting -> ofFields.with(
                            setting.field(), inForce.source(setting).wireName()));
            sources.with(section.wireName(), ofFields);
        }
        JsonObject presets = new JsonObject();
        ProviderPreset.ALL.forEach(preset -> presets.with(
                preset.name(), new JsonObject().with("api_url", preset.apiUrl()).with("model", preset.model())));
        return new JsonObject()
                .with("config", config)
                .with("provider_presets", presets)
                .with("version", inForce.version())
                .with("sources", sources);
    }

    JsonObject tried() {
        return ConfigTrial.of(backends.apply(settings.get().llm().backend()));
    }

    Conclusion change(SettingsSection section, Body body, boolean wholeSection) {
        return ConfigPatch.read(
                body,
                patch ->
                        wholeSection || OF_THE_MODEL.containsAll(patch.updates().keySet())
                                ? change(section, patch)
                                : Envelope.forbidden("The token's role may change the model's name and bounds only."),
                Envelope::refused);
    }

    /** The event is appended after the change is durable, so whether it can be is asked before. */
    private Conclusion change(SettingsSection section, ConfigPatch patch) {
        auditProbe.run();
        return changes.change(section, patch.updates(), patch.version())
                .fold(
                        changed -> changed(section, changed),
                        invalid -> Envelope.refused(Refusal.invalid(invalid.errors())),
                        stale -> Envelope.refused(new Refusal(
                                Refusal.Code.STALE_VERSION,
                                "The settings were changed since that version; read them again.")));
    }

    private static Conclusion changed(SettingsSection section, ChangeResult.Changed changed) {
        EventType type = section == SettingsSection.POLICY ? EventType.POLICY_CHANGED : EventType.CONFIG_UPDATED;
        return new Conclusion(
                Answer.json(new JsonObject()
                        .with("section", section.wireName())
                        .with("config", changed.settings().shown(section))
                        .with("version", changed.settings().version())),
                new EventDraft(type, EventOutcome.ALLOWED)
                        .with("section", section.wireName())
                        .with("version", changed.settings().version())
                        .with("changes", AuditedChanges.of(changed.differences())));
    }
}
