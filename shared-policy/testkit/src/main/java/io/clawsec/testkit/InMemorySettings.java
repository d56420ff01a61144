package io.clawsec.testkit;

import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.settings.StoredSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Settings in memory, that can be told to fail. Safe for use by many threads. */
public final class InMemorySettings implements SettingsRepository {

    private StoredSettings stored = StoredSettings.NONE;
    private boolean broken;
    private int reads;

    /** From now on nothing can be read or saved, or it can again. */
    public synchronized void breakDown(boolean nowBroken) {
        broken = nowBroken;
    }

    /** How many times somebody tried to read. */
    public synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized StoredSettings read() {
        reads++;
        requireWell();
        return stored;
    }

    @Override
    public synchronized OptionalLong save(SettingsSection section, String content, long expectedVersion) {
        requireWell();
        if (content.length() > LONGEST_CONTENT) {
            throw new IllegalArgumentException("a section has at most " + LONGEST_CONTENT + " characters");
        }
        if (expectedVersion != stored.version()) {
            return OptionalLong.empty();
        }
        Map<SettingsSection, String> sections = new HashMap<>(stored.sections());
        sections.put(section, content);
        stored = new StoredSettings(expectedVersion + 1, sections);
        return OptionalLong.of(stored.version());
    }

    private void requireWell() {
        if (broken) {
            throw new SettingsUnavailableException("told to fail", null);
        }
    }
}
