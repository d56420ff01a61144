/** The only room that knows HTTP, Lambda events, Spring, environment variables and status codes. */
@NullMarked
package io.clawsec.edge;

import org.jspecify.annotations.NullMarked;
