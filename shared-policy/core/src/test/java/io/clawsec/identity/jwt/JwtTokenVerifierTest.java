package io.clawsec.identity.jwt;

import static io.clawsec.identity.jwt.HandmadeToken.AUDIENCE;
import static io.clawsec.identity.jwt.HandmadeToken.ISSUER;
import static io.clawsec.identity.jwt.HandmadeToken.NOW;
import static io.clawsec.identity.jwt.HandmadeToken.SECRET;
import static io.clawsec.identity.jwt.HandmadeToken.base64;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.identity.BearerToken;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification;
import io.clawsec.identity.TokenVerification.Rejected;
import io.clawsec.identity.TokenVerification.Verified;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JwtTokenVerifierTest {

    private static final String OTHER_SECRET = "another secret of well over thirty-two bytes";
    private static final Set<String> ROLES = Set.of("agent", "auditor");

    private final JwtTokenVerifier verifier = verifierAt(NOW);

    private static JwtTokenVerifier verifierAt(long second) {
        return new JwtTokenVerifier(
                VerificationKeys.of(List.of(SigningSecret.ofText(SECRET).verificationKey())),
                ISSUER,
                AUDIENCE,
                ROLES::contains,
                Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
    }

    private static HandmadeToken token() {
        return new HandmadeToken();
    }

    @Test
    void believesASoundToken() {
        assertThat(verifier.verify(token().token()))
                .isEqualTo(new Verified(new Principal(
                        ISSUER,
                        "alice",
                        "agent",
                        Set.of("query:submit", "output:read"),
                        "0d4c2f6e-9a63-4c6f-8a52-0f6f0d3b7a11")));
    }

    static Stream<Arguments> soundTokens() {
        return Stream.of(
                Arguments.of("typ in full", token().header("typ", "application/at+jwt")),
                Arguments.of("typ in capitals", token().header("typ", "AT+JWT")),
                Arguments.of("audience among several", token().claim("aud", List.of("elsewhere", AUDIENCE))),
                Arguments.of("no nbf", token().without("nbf")),
                Arguments.of("no permissions at all", token().claim("permissions", List.of())),
                Arguments.of("an unknown permission", token().claim("permissions", List.of("query:submit", "x:y"))),
                Arguments.of("a claim that nobody asked for", token().claim("client_id", "cli")),
                Arguments.of("a subject of 256 characters", token().claim("sub", "\uD83D\uDE00".repeat(256))),
                Arguments.of("fractional dates", token().claim("iat", new BigDecimal(NOW + ".25"))),
                Arguments.of("dates with an exponent", token().claim("exp", new BigDecimal("1.790000300E+9"))),
                Arguments.of(
                        "expired within the leeway",
                        token().claim("iat", NOW - 60).claim("nbf", NOW - 60).claim("exp", NOW - 9)),
                Arguments.of(
                        "not yet valid within the leeway",
                        token().claim("iat", NOW + 9).claim("nbf", NOW + 9)),
                Arguments.of("the longest lifetime", token().claim("exp", NOW + 86_400)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("soundTokens")
    void believesEveryFormOfASoundToken(String what, HandmadeToken token) {
        assertThat(verifier.verify(token.token())).isInstanceOf(Verified.class);
    }

    static Stream<Arguments> unsoundClaims() {
        return Stream.of(
                Arguments.of(
                        "expired",
                        token().claim("iat", NOW - 3600)
                                .claim("nbf", NOW - 3600)
                                .claim("exp", NOW - 10)),
                Arguments.of(
                        "expired long ago",
                        token().claim("iat", 1L).claim("nbf", 1L).claim("exp", 2L)),
                Arguments.of("not yet valid", token().claim("nbf", NOW + 11)),
                Arguments.of(
                        "issued in the future", token().claim("iat", NOW + 11).without("nbf")),
                Arguments.of("too long a life", token().claim("exp", NOW + 86_401)),
                Arguments.of(
                        "too long a life, half of it over",
                        token().claim("iat", NOW - 80_000).claim("exp", NOW + 80_000)),
                Arguments.of("ends before it was issued", token().claim("exp", NOW - 1)),
                Arguments.of("ends when it was issued", token().claim("exp", NOW)),
                Arguments.of(
                        "ends before it begins", token().claim("nbf", NOW + 5).claim("exp", NOW + 4)),
                Arguments.of("exp beyond all calendars", token().claim("exp", new BigDecimal("1E+300"))),
                Arguments.of("exp that wraps a long", token().claim("exp", new BigDecimal("18446745863709551616"))),
                Arguments.of("exp negative", token().claim("exp", -1L)),
                Arguments.of("exp a string", token().claim("exp", String.valueOf(NOW + 60))),
                Arguments.of("exp an ISO date", token().claim("exp", "2099-01-01T00:00:00Z")),
                Arguments.of("exp a list", token().claim("exp", List.of(NOW + 60))),
                Arguments.of("exp true", token().claim("exp", true)),
                Arguments.of("exp null", token().claim("exp", null)),
                Arguments.of("no exp", token().without("exp")),
                Arguments.of("iat a string", token().claim("iat", String.valueOf(NOW))),
                Arguments.of("iat null", token().claim("iat", null)),
                Arguments.of("no iat", token().without("iat")),
                Arguments.of("nbf a string", token().claim("nbf", String.valueOf(NOW))),
                Arguments.of("nbf null", token().claim("nbf", null)),
                Arguments.of("another issuer", token().claim("iss", "clawsec-test2")),
                Arguments.of("issuer in other case", token().claim("iss", "Clawsec-test")),
                Arguments.of("issuer a list", token().claim("iss", List.of(ISSUER))),
                Arguments.of("no issuer", token().without("iss")),
                Arguments.of("another audience", token().claim("aud", "elsewhere")),
                Arguments.of("other audiences", token().claim("aud", List.of("elsewhere"))),
                Arguments.of("no audience in the list", token().claim("aud", List.of())),
                Arguments.of("audience an object", token().claim("aud", Map.of(AUDIENCE, true))),
                Arguments.of("audience listed beside a number", token().claim("aud", List.of(AUDIENCE, 1L))),
                Arguments.of("no audience", token().without("aud")),
                Arguments.of("no sub", token().without("sub")),
                Arguments.of("sub null", token().claim("sub", null)),
                Arguments.of("sub a number", token().claim("sub", 42L)),
                Arguments.of("sub an object", token().claim("sub", Map.of("id", "alice"))),
                Arguments.of("sub empty", token().claim("sub", "")),
                Arguments.of("sub blank", token().claim("sub", "  \u2003")),
                Arguments.of("sub of 257 characters", token().claim("sub", "a".repeat(257))),
                Arguments.of("sub with a new line", token().claim("sub", "alice\nbob")),
                Arguments.of("sub with a NUL", token().claim("sub", "alice\0")),
                Arguments.of("sub with a C1 control", token().claim("sub", "alice\u0085")),
                Arguments.of("no role", token().without("role")),
                Arguments.of("unknown role", token().claim("role", "emperor")),
                Arguments.of("role in other case", token().claim("role", "Agent")),
                Arguments.of("role a list", token().claim("role", List.of("agent"))),
                Arguments.of("no permissions", token().without("permissions")),
                Arguments.of("permissions null", token().claim("permissions", null)),
                Arguments.of("permissions a string", token().claim("permissions", "query:submit")),
                Arguments.of("permissions an object", token().claim("permissions", Map.of("query:submit", true))),
                Arguments.of("permissions with a number", token().claim("permissions", List.of("query:submit", 1L))),
                Arguments.of("permissions with a list", token().claim("permissions", List.of(List.of("query:submit")))),
                Arguments.of("no jti", token().without("jti")),
                Arguments.of("jti a number", token().claim("jti", 7L)),
                Arguments.of("jti empty", token().claim("jti", "")));
    }

    static Stream<Arguments> unsoundHeaders() {
        return Stream.of(
                Arguments.of("no typ", token().without("typ")),
                Arguments.of("typ JWT", token().header("typ", "JWT")),
                Arguments.of("typ id+jwt", token().header("typ", "id+jwt")),
                Arguments.of("typ with a space", token().header("typ", "at+jwt ")),
                Arguments.of("typ with the dotless i's kin", token().header("typ", "at+\u0135wt")),
                Arguments.of("typ a list", token().header("typ", List.of("at+jwt"))),
                Arguments.of("alg none, signed all the same", token().header("alg", "none")),
                Arguments.of("alg hs256", token().header("alg", "hs256")),
                Arguments.of("alg HS384", token().header("alg", "HS384").mac("HmacSHA384")),
                Arguments.of("alg HS512", token().header("alg", "HS512").mac("HmacSHA512")),
                Arguments.of("alg RS256", token().header("alg", "RS256")),
                Arguments.of("alg ES256", token().header("alg", "ES256")),
                Arguments.of("alg EdDSA", token().header("alg", "EdDSA")),
                Arguments.of("alg a list", token().header("alg", List.of("HS256"))),
                Arguments.of("no alg", token().without("alg")),
                Arguments.of("no kid", token().without("kid")),
                Arguments.of("unknown kid", token().header("kid", "0000000000000000")),
                Arguments.of("kid a path", token().header("kid", "../../dev/null")),
                Arguments.of("kid a number", token().header("kid", 1L)),
                Arguments.of("crit", token().header("crit", List.of("exp"))),
                Arguments.of("crit empty", token().header("crit", List.of())),
                Arguments.of("zip", token().header("zip", "DEF")),
                Arguments.of("b64", token().header("b64", false)),
                Arguments.of("cty", token().header("cty", "JWT")),
                Arguments.of("jku", token().header("jku", "https://attacker.example/keys")),
                Arguments.of("jwk", token().header("jwk", Map.of("kty", "oct", "k", "AA"))),
                Arguments.of("signed with another secret", token().signedWith(OTHER_SECRET)),
                Arguments.of(
                        "another secret's own kid",
                        token().signedWith(OTHER_SECRET)
                                .header(
                                        "kid",
                                        SigningSecret.ofText(OTHER_SECRET).keyId())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unsoundClaims", "unsoundHeaders"})
    void rejectsAnUnsoundTokenEvenWhenItsSignatureHolds(String what, HandmadeToken token) {
        assertRejected(token.text());
    }

    static Stream<Arguments> unsoundTexts() {
        HandmadeToken good = token();
        String text = good.text();
        String[] parts = text.split("\\.", -1);
        String input = parts[0] + "." + parts[1];
        String payload = good.payloadText();
        byte[] latin1 = payload.replace("alice", "al\u00efce").getBytes(ISO_8859_1);
        byte[] utf16 = payload.getBytes(UTF_16);
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("a dot", "."),
                Arguments.of("two dots", ".."),
                Arguments.of("a thousand dots", ".".repeat(1000)),
                Arguments.of("a word", "token"),
                Arguments.of("no signature", input),
                Arguments.of("an empty signature", input + "."),
                Arguments.of(
                        "alg none without signature",
                        base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(UTF_8)) + "." + parts[1] + "."),
                Arguments.of("a signature of another length, with the right one in it", text + "AAAA"),
                Arguments.of("half a signature", text.substring(0, text.length() - 22)),
                Arguments.of("five parts, a JWE", text + ".AAAA.AAAA"),
                Arguments.of("a fourth part", text + ".AAAA"),
                Arguments.of("no payload", good.sign(parts[0] + ".")),
                Arguments.of("no header", good.sign("." + parts[1])),
                Arguments.of(
                        "longer than the bound",
                        good.claim("x", "x".repeat(CompactToken.LONGEST)).text()),
                Arguments.of("very long", "a.".repeat(1_000_000)),
                Arguments.of("a space before", " " + text),
                Arguments.of("a new line behind", text + "\n"),
                Arguments.of("a NUL behind", text + "\0"),
                Arguments.of("padding on the signature", text + "="),
                Arguments.of("padding on the header", good.sign(parts[0] + "=." + parts[1])),
                Arguments.of("stray bits in the signature", strayBits(text)),
                Arguments.of("the plain base64 alphabet", good.sign(parts[0] + "." + "+/" + parts[1])),
                Arguments.of("a space inside", good.sign(parts[0] + ". " + parts[1])),
                Arguments.of("letters that are not ASCII", good.sign(parts[0] + ".\uFF21" + parts[1])),
                Arguments.of("a lone surrogate", "\uD800." + parts[1] + "." + parts[2]),
                Arguments.of(
                        "a claim twice",
                        good.withPayload(payload.replace("{\"sub\"", "{\"role\":\"auditor\",\"sub\""))),
                Arguments.of(
                        "a claim twice by an escape",
                        good.withPayload(payload.replace("{\"sub\"", "{\"r\\u006fle\":\"agent\",\"sub\""))),
                Arguments.of(
                        "a header parameter twice",
                        good.withHeader(good.headerText().replace("{\"alg\"", "{\"alg\":\"HS256\",\"alg\""))),
                Arguments.of("text behind the payload", good.withPayload(payload + "x")),
                Arguments.of("a second payload", good.withPayload(payload + payload)),
                Arguments.of("payload a list", good.withPayload("[" + payload + "]")),
                Arguments.of("payload a string", good.withPayload("\"alice\"")),
                Arguments.of("payload null", good.withPayload("null")),
                Arguments.of("payload not JSON", good.withPayload("alice")),
                Arguments.of("payload with a comment", good.withPayload("/**/" + payload)),
                Arguments.of("payload with a byte order mark", good.withPayload("\uFEFF" + payload)),
                Arguments.of("payload cut short", good.withPayload(payload.substring(0, payload.length() - 1))),
                Arguments.of("payload nested too deeply", good.withPayload("{\"a\":" + "[".repeat(3000))),
                Arguments.of("payload with half an emoji", good.withPayload(payload.replace("alice", "\\ud83d"))),
                Arguments.of("payload with NaN", good.withPayload(payload.replace("" + NOW, "NaN"))),
                Arguments.of(
                        "payload with a number from hell", good.withPayload(payload.replace("" + NOW, "1e999999999"))),
                Arguments.of(
                        "payload with a worse number", good.withPayload(payload.replace("" + NOW, "1e99999999999"))),
                Arguments.of("payload with a minus too many", good.withPayload(payload.replace("" + NOW, "--1"))),
                Arguments.of("payload in Latin-1", good.signed(good.headerText().getBytes(UTF_8), latin1)),
                Arguments.of("payload in UTF-16", good.signed(good.headerText().getBytes(UTF_8), utf16)),
                Arguments.of(
                        "payload with bytes of no text",
                        good.signed(
                                good.headerText().getBytes(UTF_8), new byte[] {'{', (byte) 0xC0, (byte) 0x80, '}'})));
    }

    /** The same signature spelt otherwise: the last of its 43 characters has two bits that mean nothing. */
    private static String strayBits(String text) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(text.charAt(text.length() - 1));
        return text.substring(0, text.length() - 1) + alphabet.charAt(last + 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsoundTexts")
    void rejectsEveryTextThatIsNotOneCompactToken(String what, String text) {
        assertRejected(text);
    }

    @Test
    void tellsTheCommonReasonsApart() {
        assertThat(reason(token().claim("iat", NOW - 99).claim("exp", NOW - 30).text()))
                .isEqualTo("The token has expired.");
        assertThat(reason(token().claim("nbf", NOW + 60).text())).isEqualTo("The token is not valid yet.");
        assertThat(reason(token().signedWith(OTHER_SECRET).text())).isEqualTo("The token's signature does not hold.");
        assertThat(reason(
                        token().signedWith(OTHER_SECRET).claim("exp", NOW - 99).text()))
                .as("a forged token is told nothing about its claims")
                .isEqualTo("The token's signature does not hold.");
    }

    @Test
    void believesARetiredKeyBesideTheNewOne() {
        JwtTokenVerifier both = new JwtTokenVerifier(
                VerificationKeys.of(List.of(
                        SigningSecret.ofText(OTHER_SECRET).verificationKey(),
                        SigningSecret.ofText(SECRET).verificationKey())),
                ISSUER,
                AUDIENCE,
                ROLES::contains,
                Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
        HandmadeToken newer = token().signedWith(OTHER_SECRET)
                .header("kid", SigningSecret.ofText(OTHER_SECRET).keyId());

        assertThat(both.verify(token().token())).isInstanceOf(Verified.class);
        assertThat(both.verify(newer.token())).isInstanceOf(Verified.class);
        assertThat(both.verify(token().signedWith(OTHER_SECRET).token()))
                .as("one key's id with another key's signature")
                .isInstanceOf(Rejected.class);
    }

    @Test
    void refusesToWorkWithoutKeysOrWithTwoOfOneId() {
        VerificationKey key = SigningSecret.ofText(SECRET).verificationKey();
        for (List<VerificationKey> keys : List.of(List.<VerificationKey>of(), List.of(key, key))) {
            assertThatThrownBy(() -> VerificationKeys.of(keys)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String reason(String text) {
        return verifier.verify(new BearerToken(text)).fold(verified -> "verified", Rejected::reason);
    }

    private void assertRejected(String text) {
        TokenVerification verification = verifier.verify(new BearerToken(text));
        assertThat(verification).isInstanceOf(Rejected.class);
        assertThat(((Rejected) verification).reason())
                .as("a safe sentence of our own")
                .matches("The token[A-Za-z ,'-]+\\.")
                .doesNotContain("alice", "emperor", "elsewhere", "null");
    }
}
