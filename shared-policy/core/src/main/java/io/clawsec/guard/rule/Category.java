package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;

/** What a rule looks for. */
public enum Category {
    /** An instruction that tries to override, extract or escape the system's instructions. */
    INJECTION,
    /** A credential. */
    SECRET,
    /** Personal data. */
    PII,
    /** A text past its bound. */
    LENGTH;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire, in rule files and in metrics. */
    public String wireName() {
        return wireName;
    }

    /** Finds a category by its wire name. */
    public static Optional<Category> of(String wireName) {
        for (Category category : values()) {
            if (category.wireName().equals(wireName)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }
}
