/** Tests of the function {@code admin}. */
@NullMarked
package io.clawsec.admin;

import org.jspecify.annotations.NullMarked;
