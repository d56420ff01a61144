package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a finding leads to. */
public enum Action {
    /** The request is refused. */
    BLOCK,
    /** The span is replaced by the rule's placeholder. */
    REDACT,
    /** It is counted and told, and changes nothing. */
    MONITOR;

    /** The name on the wire and in rule files. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds an action by its wire name. */
    public static Optional<Action> of(String wireName) {
        return Stream.of(values())
                .filter(action -> action.wireName().equals(wireName))
                .findFirst();
    }
}
