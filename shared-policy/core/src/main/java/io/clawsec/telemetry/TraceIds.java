package io.clawsec.telemetry;

/**
 * What a span is found by.
 *
 * @param traceId 32 lower-case hex digits
 * @param spanId 16 lower-case hex digits
 */
public record TraceIds(String traceId, String spanId) {}
