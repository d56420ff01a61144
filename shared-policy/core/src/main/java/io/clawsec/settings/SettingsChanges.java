package io.clawsec.settings;

import io.clawsec.audit.AuditEvent;
import io.clawsec.json.FieldError;
import io.clawsec.json.Json;
import io.clawsec.settings.ChangeResult.Changed;
import io.clawsec.settings.ChangeResult.Difference;
import io.clawsec.settings.ChangeResult.Invalid;
import io.clawsec.settings.ChangeResult.Stale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes changes to the settings: judges them whole, saves them once and with their event, and puts them in force. Safe for many threads. */
public final class SettingsChanges {

    /** Tries of a change that names no version, while others save in between. */
    private static final int MOST_TRIES = 32;

    private static final int MOST_ERRORS = 32;

    private final SettingsRepository repository;
    private final SettingsStack stack;
    private final ActiveSettings active;
    private final BackendPlace place;
    private final Predicate<String> takesMode;

    /**
     * Makes the changes' maker.
     *
     * @param takesMode whether there is a rule of that id, or a category of that name
     */
    public SettingsChanges(
            SettingsRepository repository,
            SettingsStack stack,
            ActiveSettings active,
            BackendPlace place,
            Predicate<String> takesMode) {
        this.repository = repository;
        this.stack = stack;
        this.active = active;
        this.place = place;
        this.takesMode = takesMode;
    }

    /**
     * Changes fields of a section.
     *
     * @param updates by field; null takes back what was saved, so that the layer below shows again
     * @param version that the change was made for; empty: whichever it is
     * @param event makes the audit's event of what will have changed; asked again where somebody else saved in between
     * @throws SettingsUnavailableException when it could not be read or saved
     */
    public ChangeResult change(
            SettingsSection section,
            Map<String, @Nullable Object> updates,
            OptionalLong version,
            Function<Changed, AuditEvent> event) {
        List<FieldError> errors = errors(section, updates);
        if (!errors.isEmpty()) {
            return new Invalid(errors);
        }
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            StoredSettings stored = repository.read();
            if (version.isPresent() && version.getAsLong() != stored.version()) {
                return new Stale();
            }
            Settings before = stack.settings(stored);
            Map<String, @Nullable Object> content = content(stored, section, updates, before);
            String json = new String(Json.write(content), StandardCharsets.UTF_8);
            if (json.length() > SettingsRepository.LONGEST_CONTENT) {
                return new Invalid(List.of(new FieldError("updates", "are too long to be kept")));
            }
            StoredSettings next = with(stored, section, json, stored.version() + 1);
            Changed changed = changed(before, stack.settings(next), section, updates);
            if (repository
                    .save(section, json, stored.version(), event.apply(changed))
                    .isPresent()) {
                active.adopt(next);
                return changed;
            }
        }
        return new Stale();
    }

    private List<FieldError> errors(SettingsSection section, Map<String, @Nullable Object> updates) {
        List<FieldError> errors = new ArrayList<>();
        updates.forEach((field, value) -> {
            Optional<String> objection = Setting.of(section, field)
                    .map(setting -> objection(setting, value))
                    .orElse(Optional.of("is not a field of this section"));
            if (errors.size() < MOST_ERRORS) {
                objection.ifPresent(message -> errors.add(new FieldError(field, message)));
            }
            if (objection.isEmpty() && section == Setting.MODES.section() && field.equals(Setting.MODES.field())) {
                errors.addAll(strangers(value, MOST_ERRORS - errors.size()));
            }
        });
        return errors;
    }

    /** Names that are given a mode and are nothing that has one, each an error of its own. */
    private List<FieldError> strangers(@Nullable Object modes, int most) {
        if (!(modes instanceof Map<?, ?> named)) {
            return List.of();
        }
        return named.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !takesMode.test(name))
                .limit(most)
                .map(name -> new FieldError(
                        Setting.MODES.field() + "." + name, "is neither a rule's id nor a category's name"))
                .toList();
    }

    private Optional<String> objection(Setting setting, @Nullable Object value) {
        if (stack.isLocked(setting)) {
            return Optional.of("is locked by the operator");
        }
        return value == null ? Optional.empty() : setting.objection(value).or(() -> furtherObjection(setting, value));
    }

    private Optional<String> furtherObjection(Setting setting, Object value) {
        return switch (setting) {
            case API_URL -> value.equals("") ? Optional.empty() : place.objection((String) value);
            case API_KEY ->
                value.equals("") || stack.canSeal()
                        ? Optional.empty()
                        : Optional.of("cannot be kept without CLAWSEC_DATA_KEY");
            default -> Optional.empty();
        };
    }

    /** The section's new content. A key that came without its URL, or stayed behind when the URL left, goes nowhere. */
    private Map<String, @Nullable Object> content(
            StoredSettings stored, SettingsSection section, Map<String, @Nullable Object> updates, Settings before) {
        Map<String, @Nullable Object> content = SettingsStack.content(stored, section);
        updates.forEach((field, value) -> {
            if (value == null) {
                content.remove(field);
            } else {
                content.put(field, value instanceof Map<?, ?> map ? sorted(map) : value);
            }
        });
        if (section != SettingsSection.LLM) {
            return content;
        }
        String key = Setting.API_KEY.field();
        content.remove(key);
        Object keptKey = SettingsStack.content(stored, section).get(key);
        String urlBefore = String.valueOf(before.shown(Setting.API_URL));
        String urlAfter = urlOf(with(stored, section, new String(Json.write(content), StandardCharsets.UTF_8), 0));
        if (updates.containsKey(key)) {
            Object given = updates.get(key);
            if (given != null) {
                content.put(key, stack.sealed((String) given, urlAfter));
            }
        } else if (!Origin.of(urlBefore).equals(Origin.of(urlAfter))) {
            content.put(key, "");
        } else if (keptKey != null) {
            content.put(key, keptKey);
        }
        return content;
    }

    private String urlOf(StoredSettings stored) {
        return String.valueOf(stack.settings(stored).shown(Setting.API_URL));
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), String.valueOf(value)));
        return sorted;
    }

    private static StoredSettings with(StoredSettings stored, SettingsSection section, String json, long version) {
        Map<SettingsSection, String> sections = new HashMap<>(stored.sections());
        sections.put(section, json);
        return new StoredSettings(version, sections);
    }

    private static Changed changed(
            Settings before, Settings after, SettingsSection section, Map<String, @Nullable Object> updates) {
        Map<Setting, Difference> differences = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(section)) {
            Object old = before.shown(setting);
            Object now = after.shown(setting);
            boolean keyReplaced = setting == Setting.API_KEY && updates.get(setting.field()) != null;
            if (!old.equals(now) || keyReplaced) {
                differences.put(setting, new Difference(old, now));
            }
        }
        return new Changed(after, differences);
    }
}
