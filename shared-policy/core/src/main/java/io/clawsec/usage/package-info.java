/** What principals use: limits, counters and reservations, and the port of their store. */
@NullMarked
package io.clawsec.usage;

import org.jspecify.annotations.NullMarked;
