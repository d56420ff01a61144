/** Tests of the edge. */
@NullMarked
package io.clawsec.edge.servlet;

import org.jspecify.annotations.NullMarked;
