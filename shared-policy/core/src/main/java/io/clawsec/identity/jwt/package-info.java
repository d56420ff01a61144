/** Access tokens as signed JWTs (RFC 7519, RFC 9068). The only room that knows the JWT library. */
@NullMarked
package io.clawsec.identity.jwt;

import org.jspecify.annotations.NullMarked;
