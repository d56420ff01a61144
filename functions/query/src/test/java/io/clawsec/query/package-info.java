/** Tests of the function {@code query}. */
@NullMarked
package io.clawsec.query;

import org.jspecify.annotations.NullMarked;
