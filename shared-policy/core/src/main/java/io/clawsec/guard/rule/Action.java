package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;

/** What a finding leads to. */
public enum Action {
    /** The request is refused. */
    BLOCK,
    /** The span is replaced by the rule's placeholder. */
    REDACT,
    /** It is counted and told, and changes nothing. */
    MONITOR;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire and in rule files. */
    public String wireName() {
        return wireName;
    }

    /** Finds an action by its wire name. */
    public static Optional<Action> of(String wireName) {
        for (Action action : values()) {
            if (action.wireName().equals(wireName)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
