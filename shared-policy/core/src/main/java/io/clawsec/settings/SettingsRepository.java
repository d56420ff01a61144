package io.clawsec.settings;

import io.clawsec.audit.AuditEvent;
import java.util.OptionalLong;

/**
 * Keeps what administrators save, durably and for all processes together. A port: each store implements it.
 *
 * <p>Every method throws {@link SettingsUnavailableException} when the store cannot say or cannot keep. Implementations
 * are safe for use by many threads.
 */
public interface SettingsRepository {

    /** Characters that a section's content may have. */
    int LONGEST_CONTENT = 256 * 1024;

    /** What is saved now. */
    StoredSettings read();

    /**
     * Saves a section, and in the same commit appends the event that tells of it to this process's chain in the store's
     * audit, if nobody has saved anything since a version; returns once both are durable. There is never one without the
     * other.
     *
     * @param content at most {@value #LONGEST_CONTENT} characters
     * @return the new version; empty when the version is not this one any more, and nothing was saved or appended
     * @throws IllegalArgumentException when the content is longer, or the event has no stored form
     */
    OptionalLong save(SettingsSection section, String content, long expectedVersion, AuditEvent event);
}
