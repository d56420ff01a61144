/** Inspects what goes to a model and redacts what comes back. Imports no sibling package. */
@NullMarked
package io.clawsec.guard;

import org.jspecify.annotations.NullMarked;
