package io.clawsec.identity.jwt;

import io.clawsec.identity.Principal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an access token (RFC 9068, section 2.2), each read by the type that stands in the payload.
 *
 * <p>The JWT library is generous with types (it takes {@code "exp": "1700000000"}), so none of its conversions is used.
 */
final class AccessTokenClaims {

    /** How far the clocks of issuer and verifier may differ. */
    static final Duration LEEWAY = Duration.ofSeconds(10);

    /** The longest time from {@code iat} to {@code exp}. */
    static final Duration LONGEST_LIFETIME = Duration.ofHours(24);

    /** The end of the year 9999: a later NumericDate is a mistake, and would not fit a timestamp anywhere else. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    private static final int NANO_DIGITS = 9;

    private final Map<String, @Nullable Object> claims;

    AccessTokenClaims(Map<String, @Nullable Object> claims) {
        this.claims = claims;
    }

    /** Checks when the token holds. */
    void requireTime(Instant now) throws UnsoundTokenException {
        Instant expires = requiredDate("exp");
        Instant issued = requiredDate("iat");
        Instant notBefore = claims.containsKey("nbf") ? requiredDate("nbf") : issued;
        if (!now.isBefore(expires.plus(LEEWAY))) {
            throw new UnsoundTokenException("The token has expired.");
        }
        Instant latestStart = now.plus(LEEWAY);
        if (issued.isAfter(latestStart) || notBefore.isAfter(latestStart)) {
            throw new UnsoundTokenException("The token is not valid yet.");
        }
        // With the rule above this also bounds how far off the end may be.
        if (!expires.isAfter(issued)
                || Duration.between(issued, expires).compareTo(LONGEST_LIFETIME) > 0
                || !expires.isAfter(notBefore)) {
            throw new UnsoundTokenException("The token's lifetime is not allowed.");
        }
    }

    /** Checks who made the token, and for whom. */
    void requireParties(String issuer, String audience) throws UnsoundTokenException {
        if (!issuer.equals(claims.get("iss"))) {
            throw new UnsoundTokenException("The token is from another issuer.");
        }
        Object aud = claims.get("aud");
        boolean forUs = aud instanceof List<?> several
                ? several.stream().allMatch(String.class::isInstance) && several.contains(audience)
                : audience.equals(aud);
        if (!forUs) {
            throw new UnsoundTokenException("The token is for another audience.");
        }
    }

    /** The principal that the token names. */
    Principal principal(String issuer) throws UnsoundTokenException {
        return new Principal(issuer, name("sub"), name("role"), permissions(), name("jti"));
    }

    private String name(String claim) throws UnsoundTokenException {
        if (claims.get(claim) instanceof String name && Principal.isSoundName(name)) {
            return name;
        }
        throw new UnsoundTokenException("The token's " + claim + " is missing or unsound.");
    }

    private Set<String> permissions() throws UnsoundTokenException {
        if (claims.get("permissions") instanceof List<?> listed) {
            Set<String> permissions = new HashSet<>();
            for (Object permission : listed) {
                if (!(permission instanceof String name)) {
                    throw new UnsoundTokenException("The token's permissions are unsound.");
                }
                permissions.add(name);
            }
            return permissions;
        }
        throw new UnsoundTokenException("The token's permissions are missing or unsound.");
    }

    /** A NumericDate: seconds since 1970, perhaps with a fraction (RFC 7519, section 2). */
    private Instant requiredDate(String claim) throws UnsoundTokenException {
        Object value = claims.get(claim);
        BigDecimal seconds = value instanceof Long whole
                ? BigDecimal.valueOf(whole)
                : value instanceof BigDecimal fractional ? fractional : BigDecimal.ONE.negate();
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw new UnsoundTokenException("The token's " + claim + " is missing or unsound.");
        }
        BigDecimal fraction = seconds.remainder(BigDecimal.ONE);
        return Instant.ofEpochSecond(
                seconds.longValue(), fraction.movePointRight(NANO_DIGITS).longValue());
    }
}
