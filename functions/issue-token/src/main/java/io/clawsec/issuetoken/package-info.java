/** Issues access tokens to whom the token mode allows. */
@NullMarked
package io.clawsec.issuetoken;

import org.jspecify.annotations.NullMarked;
