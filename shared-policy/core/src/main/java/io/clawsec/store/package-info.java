/** Stores as a whole: the port through which a deployment chooses one. Each repository's own port is in its package. */
@NullMarked
package io.clawsec.store;

import org.jspecify.annotations.NullMarked;
