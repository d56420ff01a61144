package io.clawsec.testkit;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.settings.StoredSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Settings in memory, that can be told to fail. Safe for use by many threads. */
public final class InMemorySettings implements SettingsRepository {

    private final AuditRepository audit;
    private final AtomicLong nextSample = new AtomicLong();
    private StoredSettings stored = StoredSettings.NONE;
    private boolean broken;
    private int reads;

    public InMemorySettings() {
        this(new InMemoryAudit());
    }

    /** Settings of a store with this audit. */
    public InMemorySettings(AuditRepository audit) {
        this.audit = audit;
    }

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

    /** Whoever takes no interest in the audit saves with an event of no meaning. */
    public OptionalLong save(SettingsSection section, String content, long expectedVersion) {
        return save(section, content, expectedVersion, new AuditSamples(nextSample.getAndIncrement()).event());
    }

    @Override
    public synchronized OptionalLong save(
            SettingsSection section, String content, long expectedVersion, AuditEvent event) {
        requireWell();
        if (content.length() > LONGEST_CONTENT) {
            throw new IllegalArgumentException("a section has at most " + LONGEST_CONTENT + " characters");
        }
        if (expectedVersion != stored.version()) {
            return OptionalLong.empty();
        }
        try {
            audit.append(List.of(event));
        } catch (AuditUnavailableException e) {
            throw new SettingsUnavailableException("the event cannot be kept, and so neither can the change", e);
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
