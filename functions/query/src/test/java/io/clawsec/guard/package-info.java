/** What tests of the function need of the guard's own package. */
@NullMarked
package io.clawsec.guard;

import org.jspecify.annotations.NullMarked;
