/** What the guard looks for: rules, packs of rules, and the validators that confirm a match. */
@NullMarked
package io.clawsec.guard.rule;

import org.jspecify.annotations.NullMarked;
