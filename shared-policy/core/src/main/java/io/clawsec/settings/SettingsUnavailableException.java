package io.clawsec.settings;

import org.jspecify.annotations.Nullable;

/** The settings cannot be read or saved now. */
public final class SettingsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
