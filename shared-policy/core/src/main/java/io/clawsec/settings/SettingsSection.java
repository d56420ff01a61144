package io.clawsec.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A group of settings that is read and changed together. */
public enum SettingsSection {
    LLM,
    POLICY,
    SERVER;

    /** The name in paths, answers and stores, such as {@code llm}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a section by its wire name. */
    public static Optional<SettingsSection> of(String wireName) {
        return Stream.of(values())
                .filter(section -> section.wireName().equals(wireName))
                .findFirst();
    }
}
