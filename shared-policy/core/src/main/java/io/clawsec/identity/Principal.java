package io.clawsec.identity;

import java.util.Set;

/**
 * Who is calling: an issuer's subject, with the role and permissions that the issuer's token claims.
 *
 * <p>The claimed permissions count only where the active role matrix gives them to the role too; that is decided by
 * {@code io.clawsec.access.AccessPolicy}, not here.
 *
 * @param issuer the token's {@code iss}
 * @param subject the token's {@code sub}, 1 to 256 characters
 * @param role the token's {@code role}; known to the active role matrix when the token was verified
 * @param claimedPermissions the token's {@code permissions}, by their wire names ({@code query:submit})
 * @param tokenId the token's {@code jti}
 */
public record Principal(String issuer, String subject, String role, Set<String> claimedPermissions, String tokenId) {

    /** How many characters (code points) a subject may have. */
    public static final int LONGEST_NAME = 256;

    public Principal {
        claimedPermissions = Set.copyOf(claimedPermissions);
    }

    /** Identifies the principal to limits and budgets: issuer and subject, which never collide for two principals. */
    public String key() {
        return issuer.length() + ":" + issuer + subject;
    }

    /**
     * Whether a text may name somebody: 1 to {@value #LONGEST_NAME} characters, not all of them blank, no control
     * characters. What tokens are issued for and what they are believed for is the same.
     */
    public static boolean isSoundName(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.codePoints().noneMatch(point -> Character.isISOControl(point) || isSurrogate(point));
    }

    /** A surrogate that {@code codePoints()} leaves over has no partner: there is no UTF-8 for it. */
    private static boolean isSurrogate(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }

    /** Leaves the subject out: a user id is shown by the audit only. */
    @Override
    public String toString() {
        return "Principal[role=" + role + "]";
    }
}
