package io.clawsec.call;

/**
 * A rule that a request broke, as a caller may know it: never the pattern, never the text.
 *
 * @param rule the rule's id
 * @param category what it looks for
 * @param action what it led to
 */
public record Violation(String rule, String category, String action) {}
