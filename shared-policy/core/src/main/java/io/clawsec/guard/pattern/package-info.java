/** Many patterns, one pass, linear time. The only room that knows a pattern engine. */
@NullMarked
package io.clawsec.guard.pattern;

import org.jspecify.annotations.NullMarked;
