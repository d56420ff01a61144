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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Believes access tokens that one issuer signed for one audience with a known key.
 *
 * <p>A token passes four gates in this order: its form ({@link CompactToken}), its header ({@link AccessTokenHeader}),
 * its signature (the JWT library), its claims ({@link AccessTokenClaims}). No claim is looked at before the signature
 * holds.
 */
public final class JwtTokenVerifier implements TokenVerifier {

    /** More than any file of keys has: only keys that were retired while this runs can fill it. */
    private static final int MOST_PARSERS = 64;

    private final VerificationKeys keys;
    private final Map<VerificationKey, JwtParser> parsers = new ConcurrentHashMap<>();
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
        requireSignature(text, token, key(AccessTokenHeader.of(token.header())));
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

    private void requireSignature(String text, CompactToken token, VerificationKey key) throws UnsoundTokenException {
        // The JWT library can be told to take signatures in other encodings; there is one length, and no property.
        if (token.signatureBytes() != key.signatureBytes()) {
            throw new UnsoundTokenException("The token's signature does not hold.");
        }
        try {
            parser(key).parseSignedClaims(text);
        } catch (ExpiredJwtException e) {
            throw new UnsoundTokenException("The token has expired.");
        } catch (PrematureJwtException e) {
            throw new UnsoundTokenException("The token is not valid yet.");
        } catch (RuntimeException e) {
            // Forged, or anything else that the library stumbles over: whatever it throws, the token is not believed.
            throw new UnsoundTokenException("The token's signature does not hold.");
        }
    }

    private JwtParser parser(VerificationKey key) {
        if (parsers.size() >= MOST_PARSERS) {
            parsers.clear(); // the few that are in use come back with the next tokens
        }
        return parsers.computeIfAbsent(key, each -> each.parser(clock));
    }
}
