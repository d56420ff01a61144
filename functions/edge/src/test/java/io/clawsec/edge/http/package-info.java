/** Tests of the edge. */
@NullMarked
package io.clawsec.edge.http;

import org.jspecify.annotations.NullMarked;
