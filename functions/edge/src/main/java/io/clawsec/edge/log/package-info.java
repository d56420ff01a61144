/** The log of a process: JSON lines on standard output that hold no message of any exception. */
@NullMarked
package io.clawsec.edge.log;

import org.jspecify.annotations.NullMarked;
