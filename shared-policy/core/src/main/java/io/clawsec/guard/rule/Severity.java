package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How bad it is to miss what a rule finds, least first; where findings overlap, the worst names the span. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The name in rule files. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a severity by its wire name. */
    public static Optional<Severity> of(String wireName) {
        return Stream.of(values())
                .filter(severity -> severity.wireName().equals(wireName))
                .findFirst();
    }
}
