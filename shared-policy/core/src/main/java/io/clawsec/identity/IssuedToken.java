package io.clawsec.identity;

import java.time.Instant;

/**
 * A token as it was just issued.
 *
 * @param token the signed token, confidential
 * @param tokenId its {@code jti}
 * @param expiresAt when it ceases to be valid
 */
public record IssuedToken(BearerToken token, String tokenId, Instant expiresAt) {}
