package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One kind of token that nobody may believe.
 *
 * @param name what is wrong with it
 * @param forge makes it out of a sound one
 */
record UnsoundToken(String name, Function<ForgedToken, String> forge) {

    private static final long DAY = 86_400;

    /** All that there are where tokens are signed with a secret (HS256). */
    static Stream<UnsoundToken> ofSecret(String secret) {
        return Stream.of(times(), claims(), headers(), forgeries(), texts(), secrets(secret))
                .flatMap(tokens -> tokens);
    }

    /** All that there are where tokens are signed with an Ed25519 key (EdDSA). */
    static Stream<UnsoundToken> ofKeyPair(GeneratedPair pair) {
        return Stream.of(times(), claims(), headers(), forgeries(), texts(), keyPairs(pair))
                .flatMap(tokens -> tokens);
    }

    private static Stream<UnsoundToken> times() {
        return Stream.of(
                changed("expired", token -> token.lives(-3700, 3600)),
                changed("expired long ago", token -> token.lives(-1_000_000_000, 3600)),
                changed("not valid yet", token -> token.lives(60, 3600)),
                changed("not valid before tomorrow", token -> token.claim("nbf", now() + DAY)),
                changed(
                        "issued tomorrow",
                        token -> token.claim("iat", now() + DAY).without("nbf")),
                changed("living longer than 24 hours", token -> token.lives(0, DAY + 1)),
                changed("living for a year", token -> token.lives(0, 365 * DAY)),
                changed("ending before it begins", token -> token.lives(0, -5)),
                changed("exp in milliseconds", token -> token.claim("exp", now() * 1000)),
                changed("no exp", token -> token.without("exp")),
                changed("no iat", token -> token.without("iat")),
                changed("exp as text", token -> token.claim("exp", String.valueOf(now() + 60))),
                changed("exp null", token -> token.claim("exp", null)),
                changed("exp true", token -> token.claim("exp", true)),
                changed("iat as text", token -> token.claim("iat", String.valueOf(now()))),
                changed("nbf a list", token -> token.claim("nbf", List.of(now()))));
    }

    private static Stream<UnsoundToken> claims() {
        Stream<UnsoundToken> missing = Stream.of("sub", "role", "permissions", "iss", "aud", "jti")
                .map(claim -> changed("no " + claim, token -> token.without(claim)));
        Stream<UnsoundToken> ofWrongType = Stream.of("sub", "role", "permissions", "iss", "jti")
                .flatMap(claim -> Stream.of(7L, true, Map.of("a", MARK))
                        .map(value -> changed(
                                claim + " a " + value.getClass().getSimpleName(), token -> token.claim(claim, value))));
        return Stream.of(
                        missing,
                        ofWrongType,
                        Stream.of(
                                claim("an unknown role", "role", "superuser"),
                                claim("a role in other letters", "role", "Agent"),
                                claim("a role that only looks so", "role", "\u0430gent"),
                                claim("an empty sub", "sub", ""),
                                claim("a blank sub", "sub", " \u3000"),
                                claim("a sub of 257 characters", "sub", "a".repeat(257)),
                                claim("a sub with a line feed", "sub", MARK + "\nadmin"),
                                claim("permissions as text", "permissions", "query:submit output:read"),
                                claim("a permission that is a number", "permissions", List.of("query:submit", 1L)),
                                claim("another issuer", "iss", "https://issuer.example/" + MARK),
                                claim("an issuer with a space behind it", "iss", "clawsec "),
                                claim("another audience", "aud", "clawsec-other"),
                                claim("other audiences", "aud", List.of("other", MARK)),
                                claim("no audience in the list", "aud", List.of())))
                .flatMap(tokens -> tokens);
    }

    private static Stream<UnsoundToken> headers() {
        return Stream.of(
                header("an ID token", "typ", "JWT"),
                header("no type", "typ", null),
                header("alg none with a signature", "alg", "none"),
                header("alg RS256", "alg", "RS256"),
                header("an unknown key", "kid", MARK),
                header("a key that is a path", "kid", "../../../../dev/null"),
                header("a key that is a query", "kid", "x' OR '1'='1"),
                changed("no key named", token -> token.without("kid")),
                header("a key that came along", "jwk", Map.of("kty", "oct", "k", "AAAA")),
                header("a key to be fetched", "jku", "http://127.0.0.1:1/" + MARK),
                header("a certificate to be fetched", "x5u", "http://127.0.0.1:1/" + MARK),
                header("a critical extension", "crit", List.of("exp")),
                header("compressed", "zip", "DEF"));
    }

    private static Stream<UnsoundToken> forgeries() {
        return Stream.of(
                new UnsoundToken("alg none without a signature", token -> unsigned("none", token)),
                new UnsoundToken("alg NonE without a signature", token -> unsigned("NonE", token)),
                new UnsoundToken("a signature cut off", token -> token.part(0) + "." + token.part(1) + "."),
                changed("half a signature", token -> token.spoilt(bytes -> Arrays.copyOf(bytes, bytes.length / 2))),
                changed("a signature one bit off", token -> token.spoilt(UnsoundToken::oneBitOff)),
                new UnsoundToken(
                        "claims of another token",
                        token -> token.part(0) + "." + base64(token.claimsText().replace("agent", "administrator"))
                                + "." + token.part(2)));
    }

    private static Stream<UnsoundToken> secrets(String secret) {
        return Stream.of(
                header("alg in other letters", "alg", "hs256"),
                header("alg EdDSA", "alg", "EdDSA"),
                header("alg HS512 over HMAC-SHA-256", "alg", "HS512"),
                signed("alg HS384, and so signed", "HS384", TokenSignature.hmac("HmacSHA384", secret)),
                signed("alg HS512, and so signed", "HS512", TokenSignature.hmac("HmacSHA512", secret)),
                signed("signed with another secret", "HS256", hs256(RunningClawSec.unique("forger"))),
                signed("signed with an empty-looking secret", "HS256", hs256("\0")),
                signed("signed with a well-known secret", "HS256", hs256("your-256-bit-secret")));
    }

    private static Stream<UnsoundToken> keyPairs(GeneratedPair pair) {
        String another = PrivateTokenKey.generate(new SecureRandom()).privatePem();
        return Stream.of(
                header("alg in other letters", "alg", "eddsa"),
                header("alg by the curve's name", "alg", "Ed25519"),
                header("alg HS256", "alg", "HS256"),
                header("alg ES256 over Ed25519", "alg", "ES256"),
                signed("alg ES256, and so signed by a stranger", "ES256", TokenSignature.unknownP256()),
                signed("signed with another key", "EdDSA", TokenSignature.ed25519(another)),
                signed("signed with nothing but zeros", "EdDSA", any -> new byte[64]),
                signed("the public key taken for a secret", "HS256", hs256(pair.publicPem())),
                signed(
                        "the public key's line taken for a secret",
                        "HS256",
                        hs256(pair.publicPem().lines().skip(1).findFirst().orElseThrow())),
                signed("signed with a well-known secret", "HS256", hs256("your-256-bit-secret")));
    }

    private static TokenSignature hs256(String secret) {
        return TokenSignature.hmac("HmacSHA256", secret);
    }

    private static Stream<UnsoundToken> texts() {
        return Stream.of(
                text("nothing", token -> ""),
                text("a word", token -> MARK),
                text("dots", token -> ".."),
                text("five parts", token -> token.original() + ".AAAA.AAAA"),
                text("twice the same", token -> token.original() + " " + token.original()),
                text("quoted", token -> "\"" + token.original() + "\""),
                text("padded", token -> token.original() + "="),
                text("with bytes beyond ASCII", token -> token.original() + "\u00e9"),
                text("Bearer twice", token -> "Bearer " + token.original()),
                text("9 KB", token -> token.claim("x", "x".repeat(9000)).text()),
                text("9 KB of nothing", token -> "a".repeat(9 * 1024)),
                text("claims that are no JSON", token -> token.withClaims(MARK)),
                text("claims that are a list", token -> token.withClaims("[" + token.claimsText() + "]")),
                text(
                        "a claim twice",
                        token -> token.withClaims(
                                token.claimsText().replaceFirst("\\{", "{\"role\":\"administrator\","))),
                text("claims nested too deeply", token -> token.withClaims("{\"a\":" + "[".repeat(2000))),
                text("more behind the claims", token -> token.withClaims(token.claimsText() + "{}")));
    }

    private static UnsoundToken changed(String name, UnaryOperator<ForgedToken> change) {
        return new UnsoundToken(name, token -> change.apply(token).text());
    }

    private static UnsoundToken claim(String name, String claim, @Nullable Object value) {
        return changed(name, token -> token.claim(claim, value));
    }

    private static UnsoundToken header(String name, String parameter, @Nullable Object value) {
        return changed(name, token -> token.header(parameter, value));
    }

    private static UnsoundToken signed(String name, String algorithm, TokenSignature signature) {
        return changed(name, token -> token.header("alg", algorithm).signedWith(signature));
    }

    private static UnsoundToken text(String name, Function<ForgedToken, String> forge) {
        return new UnsoundToken(name, forge);
    }

    private static String unsigned(String algorithm, ForgedToken token) {
        return base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}") + "." + token.part(1) + ".";
    }

    private static byte[] oneBitOff(byte[] signature) {
        byte[] off = signature.clone();
        off[0] ^= 1;
        return off;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    @Override
    public String toString() {
        return name;
    }
}
