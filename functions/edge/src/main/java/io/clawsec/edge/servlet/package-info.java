/** The door of a container: one servlet filter and the server behind it. */
@NullMarked
package io.clawsec.edge.servlet;

import org.jspecify.annotations.NullMarked;
