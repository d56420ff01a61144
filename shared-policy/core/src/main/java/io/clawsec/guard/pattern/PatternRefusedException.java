package io.clawsec.guard.pattern;

/** A pattern cannot be matched in linear time, or is not a pattern at all. */
public final class PatternRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    PatternRefusedException(String id, String reason) {
        super("rule " + id + ": " + reason);
        this.reason = reason;
    }

    /** Why, without the rule's name. */
    public String reason() {
        return reason;
    }
}
