package io.clawsec.telemetry;

/** The parts of a request that have a span of their own, by the names of the contract. */
public enum SpanName {
    VALIDATE_INPUT("policy.validate_input", Kind.INTERNAL),
    AGENT_QUERY("agent.query", Kind.CLIENT),
    VALIDATE_OUTPUT("policy.validate_output", Kind.INTERNAL),
    AUDIT_APPEND("audit.append", Kind.CLIENT);

    /** Whether the work is done here or asked of somebody else. */
    public enum Kind {
        INTERNAL,
        CLIENT
    }

    private final String text;
    private final Kind kind;

    SpanName(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    /** The name in a trace. */
    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }
}
