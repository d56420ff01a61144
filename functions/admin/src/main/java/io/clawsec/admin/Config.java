package io.clawsec.admin;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Refusal;
import io.clawsec.json.JsonObject;
import io.clawsec.settings.ChangeResult;
import io.clawsec.settings.ProviderPreset;
import io.clawsec.settings.Setting;
import io.clawsec.settings.Settings;
import io.clawsec.settings.SettingsChanges;
import io.clawsec.settings.SettingsSection;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@code /config} shows and changes. Safe for use by many threads. */
final class Config {

    /** What whoever may configure the model may change; the rest is for whoever runs the system. */
    private static final Set<String> OF_THE_MODEL =
            Set.of(Setting.MODEL.field(), Setting.MAX_TOKENS.field(), Setting.TIMEOUT_SECONDS.field());

    private final Supplier<Settings> settings;
    private final SettingsChanges changes;

    /**
     * Makes the pages.
     *
     * @param settings gives what is in force now
     */
    Config(Supplier<Settings> settings, SettingsChanges changes) {
        this.settings = settings;
        this.changes = changes;
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

    /**
     * Changes a section.
     *
     * @param wholeSection whether the caller may change all of it
     * @param stamp makes the event that is kept with the change
     */
    Conclusion change(
            SettingsSection section, Body body, boolean wholeSection, Function<EventDraft, AuditEvent> stamp) {
        return ConfigPatch.read(
                body,
                patch ->
                        wholeSection || OF_THE_MODEL.containsAll(patch.updates().keySet())
                                ? change(section, patch, wholeSection, stamp)
                                : Envelope.forbidden("The token's role may change the model's name and bounds only."),
                Envelope::refused);
    }

    private Conclusion change(
            SettingsSection section, ConfigPatch patch, boolean wholeSection, Function<EventDraft, AuditEvent> stamp) {
        return changes.change(
                        section, patch.updates(), patch.version(), changed -> stamp.apply(event(section, changed)))
                .fold(
                        changed -> Conclusion.kept(answer(section, changed, wholeSection), event(section, changed)),
                        invalid -> Envelope.refused(Refusal.invalid(invalid.errors())),
                        stale -> Envelope.refused(new Refusal(
                                Refusal.Code.STALE_VERSION,
                                "The settings were changed since that version; read them again.")));
    }

    private static EventDraft event(SettingsSection section, ChangeResult.Changed changed) {
        EventType type = section == SettingsSection.POLICY ? EventType.POLICY_CHANGED : EventType.CONFIG_UPDATED;
        return new EventDraft(type, EventOutcome.ALLOWED)
                .with("section", section.wireName())
                .with("version", changed.settings().version())
                .with("changes", AuditedChanges.of(changed.differences()));
    }

    /** Of the section what the caller may change: its URL, which may hold a key, is for whoever may read the settings. */
    private static Answer answer(SettingsSection section, ChangeResult.Changed changed, boolean wholeSection) {
        JsonObject config =
                changed.settings().shown(section, setting -> wholeSection || OF_THE_MODEL.contains(setting.field()));
        return Answer.json(new JsonObject()
                .with("section", section.wireName())
                .with("config", config)
                .with("version", changed.settings().version()));
    }
}
