package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a rule is in force. */
public enum RuleMode {
    /** Its action is taken. */
    ENFORCE,
    /** Its findings are told and change nothing. */
    MONITOR,
    /** It is not looked for. */
    OFF;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a mode by its wire name. */
    public static Optional<RuleMode> of(String wireName) {
        return Stream.of(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }
}
