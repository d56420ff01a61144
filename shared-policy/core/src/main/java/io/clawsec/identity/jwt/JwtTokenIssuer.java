package io.clawsec.identity.jwt;

import io.clawsec.identity.BearerToken;
import io.clawsec.identity.IssuedToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenIssuer;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Signs access tokens (RFC 9068) with one key, in the name of one issuer, for one audience. */
public final class JwtTokenIssuer implements TokenIssuer {

    private final SigningKey key;
    private final String issuer;
    private final String audience;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * @param key what tokens are signed with
     * @param issuer the {@code iss} of the tokens
     * @param audience their {@code aud}
     * @param clock the time of issue
     * @param ids makes a {@code jti} for each token, none twice
     */
    public JwtTokenIssuer(SigningKey key, String issuer, String audience, Clock clock, Supplier<UUID> ids) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if no verifier would believe the token; the message shows none of the arguments
     */
    @Override
    public IssuedToken issue(String subject, String role, Set<String> permissions, Duration lifetime) {
        if (!Principal.isSoundName(subject) || !Principal.isSoundName(role)) {
            throw new IllegalArgumentException(
                    "subject and role need 1 to " + Principal.LONGEST_NAME + " characters without controls");
        }
        if (lifetime.toSeconds() < 1 || lifetime.compareTo(AccessTokenClaims.LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException("a token lives from one second to 24 hours");
        }
        Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = issued.plusSeconds(lifetime.toSeconds());
        String tokenId = ids.get().toString();
        JwtBuilder token = Jwts.builder()
                .json(TokenJson.WRITER)
                .header()
                .type(AccessTokenHeader.TYPE)
                .keyId(key.id())
                .and()
                .subject(subject)
                .claim("role", role)
                .claim("permissions", new TreeSet<>(permissions)) // sorted: the same call gives the same token
                .issuer(issuer)
                .audience()
                .add(audience)
                .and()
                .issuedAt(Date.from(issued))
                .notBefore(Date.from(issued))
                .expiration(Date.from(expires))
                .id(tokenId);
        return new IssuedToken(new BearerToken(key.sign(token)), tokenId, expires);
    }
}
