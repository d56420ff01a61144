/** Views of one text, each with the way back to the original offsets. */
@NullMarked
package io.clawsec.guard.text;

import org.jspecify.annotations.NullMarked;
