/** Tests of the function {@code audit}. */
@NullMarked
package io.clawsec.auditing;

import org.jspecify.annotations.NullMarked;
