package io.clawsec.identity.jwt;

import static io.clawsec.identity.jwt.HandmadeToken.AUDIENCE;
import static io.clawsec.identity.jwt.HandmadeToken.ISSUER;
import static io.clawsec.identity.jwt.HandmadeToken.NOW;
import static io.clawsec.identity.jwt.HandmadeToken.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.identity.BearerToken;
import io.clawsec.identity.TokenVerification.Rejected;
import io.clawsec.identity.TokenVerification.Verified;
import io.clawsec.json.Json;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that a private key signs: believed by its public half, and by nothing that only looks like it. */
class CurveTokenTest {

    /** The order of P-256's group. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final String LENIENT_DER =
            "io.jsonwebtoken.impl.crypto.EllipticCurveSignatureValidator.derEncodingSupported";

    private static JwtTokenVerifier verifier(VerificationKeys keys) {
        return new JwtTokenVerifier(
                keys, ISSUER, AUDIENCE, "agent"::equals, Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    }

    /** Knows a key of every kind: whatever is confused with whatever would find its key here. */
    private static JwtTokenVerifier verifierOfAll() {
        return verifier(VerificationKeys.of(List.of(
                SigningSecret.ofText(SECRET).verificationKey(),
                CurveKeys.ED25519.published().verificationKey(),
                CurveKeys.P256.published().verificationKey())));
    }

    @ParameterizedTest
    @EnumSource
    void what_was_signed_without_the_library_is_believed(CurveKeys keys) {
        assertThat(verifierOfAll().verify(keys.token().token())).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_issued_is_believed_and_names_key_and_algorithm(CurveKeys keys) throws Exception {
        SigningKey key =
                PrivateTokenKey.ofPem(keys.privatePem()).signingKey(List.of(keys.otherPublished(), keys.published()));
        String token = new JwtTokenIssuer(
                        key,
                        ISSUER,
                        AUDIENCE,
                        Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC),
                        () -> new UUID(1, 2))
                .issue("alice", "agent", Set.of("query:submit"), Duration.ofHours(1))
                .token()
                .value();
        String[] parts = token.split("\\.", -1);
        assertThat(Json.parseObject(Base64.getUrlDecoder().decode(parts[0])))
                .isEqualTo(Map.of(
                        "typ",
                        "at+jwt",
                        "alg",
                        keys.algorithm,
                        "kid",
                        keys.published().id()));
        assertThat(Base64.getUrlDecoder().decode(parts[2])).hasSize(64);
        assertThat(verifierOfAll().verify(new BearerToken(token))).isInstanceOf(Verified.class);
        JwtTokenVerifier stranger =
                verifier(VerificationKeys.of(List.of(keys.otherPublished().verificationKey())));
        assertThat(stranger.verify(new BearerToken(token))).isInstanceOf(Rejected.class);
    }

    static Stream<Arguments> confusions() {
        List<Arguments> rows = new ArrayList<>();
        for (CurveKeys keys : CurveKeys.values()) {
            CurveKeys other = keys == CurveKeys.P256 ? CurveKeys.ED25519 : CurveKeys.P256;
            int number = 0;
            for (byte[] notASecret : keys.secretsThatAreNone()) {
                number++;
                for (String mac : new String[] {"256", "384", "512"}) {
                    rows.add(row(
                            keys,
                            "HS" + mac + " under the public key, form " + number,
                            keys.token()
                                    .header("alg", "HS" + mac)
                                    .signedBy(input -> HandmadeToken.hmac("HmacSHA" + mac, notASecret, input))));
                }
                rows.add(row(
                        keys,
                        "a MAC under its own name, form " + number,
                        keys.token().signedBy(input -> HandmadeToken.hmac("HmacSHA512", notASecret, input))));
            }
            rows.add(row(keys, "alg none", keys.token().header("alg", "none")));
            rows.add(row(
                    keys,
                    "alg in other case",
                    keys.token().header("alg", keys.algorithm.toLowerCase(java.util.Locale.ROOT))));
            rows.add(row(keys, "alg Ed25519", keys.token().header("alg", "Ed25519")));
            rows.add(row(keys, "alg ES384", keys.token().header("alg", "ES384")));
            rows.add(row(keys, "alg ES256K", keys.token().header("alg", "ES256K")));
            rows.add(row(keys, "the other kind's alg", keys.token().header("alg", other.algorithm)));
            rows.add(row(
                    keys,
                    "the other kind's kid",
                    keys.token().header("kid", other.published().id())));
            rows.add(row(
                    keys,
                    "the other kind's kid and alg",
                    keys.token().header("kid", other.published().id()).header("alg", other.algorithm)));
            rows.add(row(
                    keys,
                    "the secret's kid",
                    keys.token().header("kid", SigningSecret.ofText(SECRET).keyId())));
            rows.add(row(
                    keys,
                    "the secret's kid and alg",
                    keys.token()
                            .header("kid", SigningSecret.ofText(SECRET).keyId())
                            .header("alg", "HS256")));
            rows.add(row(
                    keys,
                    "the secret's signature under the key's kid and alg",
                    keys.token()
                            .signedBy(input -> HandmadeToken.hmac(
                                    "HmacSHA256", SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8), input))));
            rows.add(row(keys, "another key of the kind", keys.token().signedBy(keys::signWithOther)));
            rows.add(row(
                    keys,
                    "another key of the kind under its own kid",
                    keys.token().header("kid", keys.otherPublished().id()).signedBy(keys::signWithOther)));
            rows.add(row(
                    keys,
                    "a key that came along",
                    keys.token().header("jwk", keys.published().kind.members(new byte[64]))));
        }
        return rows.stream();
    }

    static Stream<Arguments> signatures() {
        List<Arguments> rows = new ArrayList<>();
        for (CurveKeys keys : CurveKeys.values()) {
            rows.add(row(keys, "all zero", keys.token().signedBy(input -> new byte[64])));
            rows.add(row(keys, "cut short", resized(keys, 63)));
            rows.add(row(keys, "half of it", resized(keys, 32)));
            rows.add(row(keys, "a zero behind", resized(keys, 65)));
            rows.add(row(keys, "as long as ES384's", resized(keys, 96)));
            rows.add(row(keys, "a zero before", keys.token().signedBy(input -> join(new byte[1], keys.sign(input)))));
            rows.add(row(keys, "twice", keys.token().signedBy(input -> join(keys.sign(input), keys.sign(input)))));
            rows.add(row(keys, "halves in the other order", keys.token().signedBy(input -> {
                byte[] signed = keys.sign(input);
                return join(Arrays.copyOfRange(signed, 32, 64), Arrays.copyOf(signed, 32));
            })));
        }
        byte[] order = Arrays.copyOfRange(P256_ORDER.toByteArray(), 1, 33);
        rows.add(row(
                CurveKeys.P256,
                "r and s of the group's order",
                CurveKeys.P256.token().signedBy(i -> join(order, order))));
        rows.add(row(CurveKeys.P256, "in DER", inDer()));
        return rows.stream();
    }

    private static HandmadeToken inDer() {
        return CurveKeys.P256
                .token()
                .signedBy(input -> CurveKeys.sign("SHA256withECDSA", CurveKeys.P256.pair(), input));
    }

    private static HandmadeToken resized(CurveKeys keys, int bytes) {
        return keys.token().signedBy(input -> Arrays.copyOf(keys.sign(input), bytes));
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static Arguments row(CurveKeys keys, String what, HandmadeToken token) {
        return Arguments.of(keys, what, token);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"confusions", "signatures"})
    void what_only_looks_like_it_is_not_believed(CurveKeys keys, String what, HandmadeToken token) {
        assertThat(verifierOfAll().verify(token.token())).isInstanceOf(Rejected.class);
        assertThat(verifier(VerificationKeys.of(List.of(keys.published().verificationKey())))
                        .verify(token.token()))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void no_property_makes_the_library_take_another_encoding() {
        System.setProperty(LENIENT_DER, "true");
        try {
            assertThat(verifierOfAll().verify(inDer().token())).isInstanceOf(Rejected.class);
        } finally {
            System.clearProperty(LENIENT_DER);
        }
    }

    @Test
    void keys_may_come_and_go_while_it_runs() {
        List<VerificationKey> known = new ArrayList<>();
        JwtTokenVerifier verifier =
                verifier(id -> known.stream().filter(key -> key.id().equals(id)).findFirst());
        BearerToken ed = CurveKeys.ED25519.token().token();
        BearerToken ec = CurveKeys.P256.token().token();
        assertThat(verifier.verify(ed)).isInstanceOf(Rejected.class);
        known.add(CurveKeys.ED25519.published().verificationKey());
        assertThat(verifier.verify(ed)).isInstanceOf(Verified.class);
        assertThat(verifier.verify(ec)).isInstanceOf(Rejected.class);
        known.add(CurveKeys.P256.published().verificationKey());
        assertThat(verifier.verify(ec)).isInstanceOf(Verified.class);
        known.remove(0);
        assertThat(verifier.verify(ed)).isInstanceOf(Rejected.class);
        assertThat(verifier.verify(ec)).isInstanceOf(Verified.class);
    }

    @Test
    void however_often_a_key_is_made_anew_it_goes_on() {
        JwtTokenVerifier verifier =
                verifier(id -> Optional.of(CurveKeys.ED25519.published().verificationKey()));
        BearerToken token = CurveKeys.ED25519.token().token();
        for (int i = 0; i < 200; i++) {
            assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
        }
    }
}
