package io.clawsec.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.identity.BearerToken;
import io.clawsec.identity.TokenVerification.Rejected;
import io.clawsec.identity.TokenVerification.Verified;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No text but the token itself is believed. */
class JwtTokenMutationTest {

    private static final int MUTATIONS = 20_000;

    /** Fewer: what passes the form costs a verification of a signature on a curve. */
    private static final int CURVE_MUTATIONS = 4_000;

    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0\u00e9\ud800";

    @Test
    void neverBelievesAMutatedToken() {
        neverBelieves(
                SigningSecret.ofText(HandmadeToken.SECRET).verificationKey(), new HandmadeToken().text(), MUTATIONS);
    }

    @ParameterizedTest
    @EnumSource
    void neverBelievesAMutatedTokenOfAKeyPair(CurveKeys keys) {
        neverBelieves(keys.published().verificationKey(), keys.token().text(), CURVE_MUTATIONS);
    }

    private static void neverBelieves(VerificationKey key, String token, int mutations) {
        JwtTokenVerifier verifier = new JwtTokenVerifier(
                VerificationKeys.of(List.of(key)),
                HandmadeToken.ISSUER,
                HandmadeToken.AUDIENCE,
                "agent"::equals,
                Clock.fixed(Instant.ofEpochSecond(HandmadeToken.NOW), ZoneOffset.UTC));
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("JwtTokenMutationTest: -Dseed=" + seed);
        Random random = new Random(seed);
        assertThat(verifier.verify(new BearerToken(token))).isInstanceOf(Verified.class);
        for (int i = 0; i < mutations; i++) {
            String mutated = mutated(token, random);
            if (!mutated.equals(token)) {
                assertThat(verifier.verify(new BearerToken(mutated)))
                        .as("seed %d, mutation %d: %s", seed, i, mutated)
                        .isInstanceOf(Rejected.class);
            }
        }
    }

    private static String mutated(String token, Random random) {
        StringBuilder text = new StringBuilder(token);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, letter);
                case 1 -> text.insert(at, letter);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.append(letter);
                case 4 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(7)));
                default ->
                    text.replace(at, Math.min(text.length(), at + 8), text.substring(0, Math.min(8, text.length())));
            }
        }
        return text.toString();
    }
}
