package io.clawsec.identity;

import java.time.Duration;
import java.util.Set;

/** Makes signed access tokens. Implementations are safe for use by many threads. */
public interface TokenIssuer {

    /**
     * Issues a token.
     *
     * @param subject the user, 1 to 256 characters without control characters
     * @param role a role of the active role matrix
     * @param permissions the role's permissions, by their wire names
     * @param lifetime how long the token is valid; at most 24 hours
     */
    IssuedToken issue(String subject, String role, Set<String> permissions, Duration lifetime);
}
