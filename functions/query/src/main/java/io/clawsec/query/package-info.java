/** Answers a prompt inside the envelope: the product's reason to be. */
@NullMarked
package io.clawsec.query;

import org.jspecify.annotations.NullMarked;
