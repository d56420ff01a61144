package io.clawsec.identity.jwt;

import static io.clawsec.identity.jwt.HandmadeToken.AUDIENCE;
import static io.clawsec.identity.jwt.HandmadeToken.ISSUER;
import static io.clawsec.identity.jwt.HandmadeToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.identity.IssuedToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification.Verified;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokenIssuerTest {

    private static final UUID ID = UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7");

    private final SigningSecret secret = SigningSecret.ofText(HandmadeToken.SECRET);
    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW, 987_654_321), ZoneOffset.UTC);
    private final JwtTokenIssuer issuer = new JwtTokenIssuer(secret.signingKey(), ISSUER, AUDIENCE, clock, () -> ID);

    private IssuedToken issue(String subject, Duration lifetime) {
        return issuer.issue(subject, "agent", Set.of("query:submit", "output:read"), lifetime);
    }

    @Test
    void issuesWhatTheVerifierBelieves() {
        IssuedToken issued = issue("J\u00f8rgen \uD83D\uDE00", Duration.ofHours(1));
        JwtTokenVerifier verifier = new JwtTokenVerifier(
                VerificationKeys.of(List.of(secret.verificationKey())), ISSUER, AUDIENCE, "agent"::equals, clock);

        assertThat(verifier.verify(issued.token()))
                .isEqualTo(new Verified(new Principal(
                        ISSUER,
                        "J\u00f8rgen \uD83D\uDE00",
                        "agent",
                        Set.of("query:submit", "output:read"),
                        ID.toString())));
        assertThat(issued.tokenId()).isEqualTo(ID.toString());
        assertThat(issued.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 3600));
    }

    @Test
    void writesExactlyTheHeaderAndClaimsOfTheContract() throws MalformedJsonException {
        String[] parts = issue("alice", Duration.ofHours(1)).token().value().split("\\.", -1);

        assertThat(Json.parseObject(Base64.getUrlDecoder().decode(parts[0])))
                .isEqualTo(Map.of("typ", "at+jwt", "alg", "HS256", "kid", secret.keyId()));
        assertThat(Json.parseObject(Base64.getUrlDecoder().decode(parts[1])))
                .isEqualTo(Map.of(
                        "sub",
                        "alice",
                        "role",
                        "agent",
                        "permissions",
                        List.of("output:read", "query:submit"),
                        "iss",
                        ISSUER,
                        "aud",
                        List.of(AUDIENCE),
                        "iat",
                        NOW,
                        "nbf",
                        NOW,
                        "exp",
                        NOW + 3600,
                        "jti",
                        ID.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\u0000", "\ud800", "\udc00x"})
    void refusesASubjectThatNoVerifierWouldBelieve(String subject) {
        assertThatThrownBy(() -> issue(subject, Duration.ofHours(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT-1H", "PT24H0.001S", "PT25H", "PT2562047788015215H"})
    void refusesALifetimeThatNoVerifierWouldBelieve(Duration lifetime) {
        assertThatThrownBy(() -> issue("alice", lifetime)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsTheTokenNowhere() {
        IssuedToken issued = issue("alice", Duration.ofHours(1));
        assertThat(issued.toString()).doesNotContain(issued.token().value().substring(0, 10), "alice");
    }
}
