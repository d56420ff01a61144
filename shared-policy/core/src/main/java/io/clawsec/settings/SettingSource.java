package io.clawsec.settings;

import java.util.Locale;

/** Where a setting's value comes from; each outranks those before it. */
public enum SettingSource {
    /** What the product has where nobody says otherwise. */
    PACKAGED,
    /** An environment variable. */
    ENVIRONMENT,
    /** What an administrator saved. */
    SETTINGS;

    /** The name in answers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
