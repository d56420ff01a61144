package io.clawsec.identity.jwt;

import io.clawsec.identity.BearerToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification;
import io.clawsec.identity.TokenVerification.Rejected;
import io.clawsec.identity.TokenVerification.Verified;
import io.clawsec.identity.TokenVerifier;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.PrematureJwtException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Believes access tokens that one issuer signed for one audience with a known key.
 *
 * <p>A token passes four gates in this order: its form ({@link CompactToken}), its header ({@link AccessTokenHeader}),
 * its signature (the JWT library), its claims ({@link AccessTokenClaims}). No claim is looked at before the signature
 * holds.
 */
public final class JwtTokenVerifier implements TokenVerifier {

    private final Map<String, BoundKey> keys = new HashMap<>();
    private final String issuer;
    private final String audience;
    private final Predicate<String> knownRole;
    private final Clock clock;

    /** A verification key with the parser that knows no other. */
    private record BoundKey(String algorithm, JwtParser parser) {}

    /**
     * @param keys the keys whose signatures are believed, at least one, each with an id of its own
     * @param issuer the {@code iss} that tokens must have
     * @param audience the {@code aud} that tokens must have or list
     * @param knownRole whether the active role matrix has a role of this name; asked anew for every token
     * @param clock the time that decides
     */
    public JwtTokenVerifier(
            Collection<VerificationKey> keys,
            String issuer,
            String audience,
            Predicate<String> knownRole,
            Clock clock) {
        for (VerificationKey key : keys) {
            if (this.keys.put(key.id(), new BoundKey(key.algorithm(), key.parser(clock))) != null) {
                throw new IllegalArgumentException("two verification keys have the id " + key.id());
            }
        }
        if (this.keys.isEmpty()) {
            throw new IllegalArgumentException("a verifier needs at least one key");
        }
        this.issuer = issuer;
        this.audience = audience;
        this.knownRole = knownRole;
        this.clock = clock;
    }

    @Override
    public TokenVerification verify(BearerToken token) {
        try {
            return new Verified(principal(token.value()));
        } catch (UnsoundTokenException e) {
            return new Rejected(e.reason());
        }
    }

    private Principal principal(String text) throws UnsoundTokenException {
        CompactToken token = CompactToken.of(text);
        requireSignature(text, key(AccessTokenHeader.of(token.header())));
        AccessTokenClaims claims = new AccessTokenClaims(token.payload());
        claims.requireTime(clock.instant());
        claims.requireParties(issuer, audience);
        Principal principal = claims.principal(issuer);
        if (!knownRole.test(principal.role())) {
            throw new UnsoundTokenException("The token's role is not known.");
        }
        return principal;
    }

    private BoundKey key(AccessTokenHeader header) throws UnsoundTokenException {
        BoundKey key = keys.get(header.keyId());
        if (key == null) {
            throw new UnsoundTokenException("The token is not signed with a known key.");
        }
        if (!key.algorithm().equals(header.algorithm())) {
            throw new UnsoundTokenException("The token is signed with an algorithm that is not allowed.");
        }
        return key;
    }

    private static void requireSignature(String text, BoundKey key) throws UnsoundTokenException {
        try {
            key.parser().parseSignedClaims(text);
        } catch (ExpiredJwtException e) {
            throw new UnsoundTokenException("The token has expired.");
        } catch (PrematureJwtException e) {
            throw new UnsoundTokenException("The token is not valid yet.");
        } catch (RuntimeException e) {
            // Forged, or anything else that the library stumbles over: whatever it throws, the token is not believed.
            throw new UnsoundTokenException("The token's signature does not hold.");
        }
    }
}
