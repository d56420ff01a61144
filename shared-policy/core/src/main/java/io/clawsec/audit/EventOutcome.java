package io.clawsec.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the request that an audit event tells of ended. */
public enum EventOutcome {
    ALLOWED,
    DENIED,
    ERROR;

    /** The name on the wire and in the store. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds an outcome by its wire name. */
    public static Optional<EventOutcome> of(String wireName) {
        return Stream.of(values())
                .filter(outcome -> outcome.wireName().equals(wireName))
                .findFirst();
    }
}
