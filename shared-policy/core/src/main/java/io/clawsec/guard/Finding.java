package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;

/**
 * A place where a rule fired: never the matched text.
 *
 * @param rule the rule's id
 * @param category what the rule looks for
 * @param action what it led to here
 * @param field the field it stood in
 * @param start first character of the span, as an index into the field's original text (UTF-16 units)
 * @param end one past the last
 * @param score how sure the guard is, 0 to 1; a rule is always 1
 */
public record Finding(String rule, Category category, Action action, String field, int start, int end, double score) {}
