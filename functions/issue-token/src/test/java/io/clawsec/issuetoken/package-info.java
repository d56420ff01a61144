/** Tests of the function {@code issueToken}. */
@NullMarked
package io.clawsec.issuetoken;

import org.jspecify.annotations.NullMarked;
