package io.clawsec.usage;

/**
 * Where a principal stands in one window: what the {@code RateLimit-*} headers say.
 *
 * @param limit requests allowed in the window
 * @param remaining requests left in it, never negative
 * @param resetSeconds seconds until the window ends, at least 1
 */
public record Quota(long limit, long remaining, long resetSeconds) {}
