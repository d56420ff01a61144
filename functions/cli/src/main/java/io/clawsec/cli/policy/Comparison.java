package io.clawsec.cli.policy;

import io.clawsec.guard.Guard;
import io.clawsec.guard.rule.Category;
import java.util.Optional;

/**
 * What is compared with what.
 *
 * @param active judges as it is now
 * @param candidate judges as it would be
 * @param category what counts as found where rows have labels; empty: what blocks
 */
public record Comparison(Guard active, Guard candidate, Optional<Category> category) {}
