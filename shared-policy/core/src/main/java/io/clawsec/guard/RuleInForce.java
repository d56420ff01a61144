package io.clawsec.guard;

import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;

/**
 * A rule and whether it is in force.
 *
 * @param rule the rule
 * @param mode its mode in the guard's policy
 */
public record RuleInForce(Rule rule, RuleMode mode) {}
