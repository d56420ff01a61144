/** One request in, one outcome out. Belongs here: the request, its outcomes, and the envelope that every function runs in. Does not: HTTP, Lambda, status codes. */
@NullMarked
package io.clawsec.call;

import org.jspecify.annotations.NullMarked;
