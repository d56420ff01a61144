package io.clawsec.telemetry;

import java.util.List;

/** Every metric of the product, by the name Prometheus shows; dashboards and alerts may use no other. */
public enum Metric {
    LLM_REQUESTS("llm_requests_total", Kind.COUNTER, "Prompts that were admitted", "role"),
    POLICY_VIOLATIONS(
            "policy_violations_total", Kind.COUNTER, "Rules that blocked or redacted, by category", "type", "role"),
    PII_REDACTIONS("pii_redactions_total", Kind.COUNTER, "Spans of personal data that were redacted", "stage", "role"),
    RBAC_DENIALS("rbac_denials_total", Kind.COUNTER, "Requests that access control refused", "role"),
    AUDIT_EVENTS(
            "audit_events_total",
            Kind.COUNTER,
            "Events that are durable in the audit, counted ones by their number",
            "event_type"),
    LLM_REQUEST_DURATION("llm_request_duration_seconds", Kind.TIMER, "A prompt from its arrival to its outcome"),
    GUARD_DURATION("guard_duration_seconds", Kind.TIMER, "One pass of the guard", "stage"),
    LLM_TOKENS("llm_tokens_total", Kind.COUNTER, "Tokens as the backend counts them", "model", "direction"),
    RATE_LIMITED("rate_limited_total", Kind.COUNTER, "Requests over a rate limit", "role"),
    AUDIT_APPEND_DURATION("audit_append_duration_seconds", Kind.TIMER, "One append, from the call until it is durable"),
    STORE_WRITES_WAITING("store_writes_waiting", Kind.GAUGE, "Writes that wait for a commit of the store"),
    STORE_WRITES_WAITING_MAX("store_writes_waiting_max", Kind.GAUGE, "Writes that may wait; one more is refused"),
    STORE_WRITES_REFUSED(
            "store_writes_refused_total",
            Kind.COUNTER,
            "Writes that the store did not take on, or could not make durable in time",
            "reason"),
    STORE_STANDSTILL(
            "store_standstill_seconds",
            Kind.GAUGE,
            "For how long the store has been written to in vain; 0 when all is well"),
    UPSTREAM_ERRORS("upstream_errors_total", Kind.COUNTER, "Model calls that failed", "kind"),
    FAIL_CLOSED("fail_closed_total", Kind.COUNTER, "Answers withheld because a part of the envelope failed", "code"),
    TELEMETRY_LOST(
            "telemetry_lost_total",
            Kind.COUNTER,
            "Spans and log records that did not reach OTLP_ENDPOINT",
            "signal",
            "reason"),
    RULES_OFF("clawsec_rules_off", Kind.GAUGE, "Rules that are switched off, by themselves or by a filter's switch"),
    RULES_MONITORED("clawsec_rules_monitored", Kind.GAUGE, "Rules whose findings are told and change nothing"),
    POLICY_RELOAD_FAILED(
            "clawsec_policy_reload_failed",
            Kind.GAUGE,
            "1 while the policy folder holds what could not be put in force");

    /** How a metric is measured. */
    public enum Kind {
        COUNTER,
        TIMER,
        GAUGE
    }

    private final String prometheusName;
    private final Kind kind;
    private final String help;
    private final List<String> labels;

    Metric(String prometheusName, Kind kind, String help, String... labels) {
        this.prometheusName = prometheusName;
        this.kind = kind;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** The name on {@code /metrics}; a timer there has the suffixes {@code _count}, {@code _sum} and {@code _bucket}. */
    public String prometheusName() {
        return prometheusName;
    }

    public Kind kind() {
        return kind;
    }

    public String help() {
        return help;
    }

    /** The label names, in the order in which {@link Metrics} takes their values. */
    public List<String> labels() {
        return labels;
    }
}
