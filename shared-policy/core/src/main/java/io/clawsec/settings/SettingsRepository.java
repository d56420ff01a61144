package io.clawsec.settings;

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
     * Saves a section if nobody has saved anything since a version; returns once it is durable.
     *
     * @param content at most {@value #LONGEST_CONTENT} characters
     * @return the new version; empty when the version is not this one any more, and nothing was saved
     */
    OptionalLong save(SettingsSection section, String content, long expectedVersion);
}
