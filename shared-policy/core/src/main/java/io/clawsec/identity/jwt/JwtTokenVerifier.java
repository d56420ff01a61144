package io.clawsec.identity.jwt;

import io.clawsec.identity.BearerToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification;
import io.clawsec.identity.TokenVerification.Rejected;
import io.clawsec.identity.TokenVerification.Verified;
import io.clawsec.identity.TokenVerifier;
import java.time.Clock;
import java.util.function.Predicate;

/**
 * Believes access tokens that one issuer signed for one audience with a known key.
 *
 * <p>A token passes four gates in this order: its form ({@link CompactToken}), its header ({@link AccessTokenHeader}),
 * its signature (the JWT library), its claims ({@link AccessTokenClaims}). No claim is looked at before the signature
 * holds.
 */
public final class JwtTokenVerifier implements TokenVerifier {

    private final VerificationKeys keys;
    private final String issuer;
    private final String audience;
    private final Predicate<String> knownRole;
    private final Clock clock;

    /**
     * @param keys the keys whose signatures are believed
     * @param issuer the {@code iss} that tokens must have
     * @param audience the {@code aud} that tokens must have or list
     * @param knownRole whether the active role matrix has a role of this name; asked anew for every token
     * @param clock the time that decides
     */
    public JwtTokenVerifier(
            VerificationKeys keys, String issuer, String audience, Predicate<String> knownRole, Clock clock) {
        this.keys = keys;
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
        requireSignature(token, key(AccessTokenHeader.of(token.header())));
        AccessTokenClaims claims = new AccessTokenClaims(token.payload());
        claims.requireTime(clock.instant());
        claims.requireParties(issuer, audience);
        Principal principal = claims.principal(issuer);
        if (!knownRole.test(principal.role())) {
            throw new UnsoundTokenException("The token's role is not known.");
        }
        return principal;
    }

    private VerificationKey key(AccessTokenHeader header) throws UnsoundTokenException {
        VerificationKey key = keys.find(header.keyId())
                .orElseThrow(() -> new UnsoundTokenException("The token is not signed with a known key."));
        if (!key.algorithm().equals(header.algorithm())) {
            throw new UnsoundTokenException("The token is signed with an algorithm that is not allowed.");
        }
        return key;
    }

    private static void requireSignature(CompactToken token, VerificationKey key) throws UnsoundTokenException {
        boolean holds;
        try {
            holds = key.holds(token.signed(), token.signature());
        } catch (RuntimeException e) {
            holds = false; // whatever the library stumbles over, the token is not believed
        }
        if (!holds) {
            throw new UnsoundTokenException("The token's signature does not hold.");
        }
    }
}
