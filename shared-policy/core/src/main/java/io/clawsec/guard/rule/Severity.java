package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;

/** How bad it is to miss what a rule finds, least first; where findings overlap, the worst names the span. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in rule files. */
    public String wireName() {
        return wireName;
    }

    /** Finds a severity by its wire name. */
    public static Optional<Severity> of(String wireName) {
        for (Severity severity : values()) {
            if (severity.wireName().equals(wireName)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
