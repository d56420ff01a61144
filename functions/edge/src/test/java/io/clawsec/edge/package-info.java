/** Tests of the edge. */
@NullMarked
package io.clawsec.edge;

import org.jspecify.annotations.NullMarked;
