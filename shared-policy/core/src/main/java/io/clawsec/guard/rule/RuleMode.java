package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Map;
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

    /**
     * The mode of a rule: the one given to it by its id, else the one given to its category, else that it is enforced.
     *
     * @param given rule ids and wire names of categories, each with its mode
     */
    public static RuleMode of(Rule rule, Map<String, RuleMode> given) {
        RuleMode ofCategory = given.getOrDefault(rule.category().wireName(), ENFORCE);
        return given.getOrDefault(rule.id(), ofCategory);
    }

    /** Finds a mode by its wire name. */
    public static Optional<RuleMode> of(String wireName) {
        return Stream.of(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }
}
