/** Who is calling: tokens and principals. Belongs here: what a token must be to be believed. Does not: what a role may do. */
@NullMarked
package io.clawsec.identity;

import org.jspecify.annotations.NullMarked;
