package io.clawsec.identity.jwt;

import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.time.Clock;
import java.util.Date;
import java.util.function.UnaryOperator;

/**
 * A key that decides whether a token's signature holds.
 *
 * <p>It is bound to one algorithm: what a token's header says can choose among the configured keys, never how a key is
 * used. That rules out algorithm confusion by construction.
 */
public final class VerificationKey {

    private final String id;
    private final String algorithm;
    private final int signatureBytes;
    private final UnaryOperator<JwtParserBuilder> binding;

    VerificationKey(String id, String algorithm, int signatureBytes, UnaryOperator<JwtParserBuilder> binding) {
        this.id = id;
        this.algorithm = algorithm;
        this.signatureBytes = signatureBytes;
        this.binding = binding;
    }

    /** The {@code kid} of the tokens that it verifies. */
    public String id() {
        return id;
    }

    /** The {@code alg} that such a token must have, exactly. */
    String algorithm() {
        return algorithm;
    }

    /** How many bytes such a token's signature has, exactly. */
    int signatureBytes() {
        return signatureBytes;
    }

    /** A parser that knows this key and its algorithm, and no other. */
    JwtParser parser(Clock clock) {
        return binding.apply(Jwts.parser())
                .json(TokenJson.READER)
                .zip()
                .clear()
                .and()
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(AccessTokenClaims.LEEWAY.toSeconds())
                .build();
    }

    /** Shows the id and the algorithm only. */
    @Override
    public String toString() {
        return "VerificationKey[" + id + ", " + algorithm + "]";
    }
}
