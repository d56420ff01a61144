package io.clawsec.settings;

import java.util.Map;

/**
 * What was saved, as the store keeps it.
 *
 * @param version how many times anything was saved; 0 when nothing was
 * @param sections the content of each section that was saved: canonical JSON, without a key in the clear
 */
public record StoredSettings(long version, Map<SettingsSection, String> sections) {

    /** Before anything was saved. */
    public static final StoredSettings NONE = new StoredSettings(0, Map.of());

    public StoredSettings {
        sections = Map.copyOf(sections);
    }

    /** Shows the version only. */
    @Override
    public String toString() {
        return "StoredSettings[version=" + version + "]";
    }
}
