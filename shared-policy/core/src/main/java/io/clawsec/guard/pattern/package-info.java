/**
 * Many patterns, one pass, linear time. The only room that knows how a pattern is matched.
 *
 * <p>A text's way: a {@link io.clawsec.guard.pattern.LazyDfa} of all patterns reads it once and says in which stretches a
 * pattern may have matched; a {@link io.clawsec.guard.pattern.PikeMatcher} of that pattern finds the spans there, as RE2
 * would. The syntax is RE2's, and RE2/J judges it when a pattern is loaded; matching is ours.
 *
 * <p>No rules, categories or verdicts here: they are the guard's.
 */
@NullMarked
package io.clawsec.guard.pattern;

import org.jspecify.annotations.NullMarked;
