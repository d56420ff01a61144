package io.clawsec.identity.jwt;

import io.clawsec.identity.BearerToken;
import io.clawsec.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A token made from raw bytes and a {@link Mac}, so that it can be wrong in ways that no library would write. */
final class HandmadeToken {

    static final String SECRET = "a test secret of well over thirty-two bytes";
    static final String ISSUER = "clawsec-test";
    static final String AUDIENCE = "clawsec-test-api";
    static final long NOW = 1_790_000_000L;

    final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    final Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    private String secret = SECRET;
    private String macAlgorithm = "HmacSHA256";
    private @Nullable Signer signer;

    /** Signs in some other way than with the secret. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    /** A token with nothing wrong in it. */
    HandmadeToken() {
        header.put("alg", "HS256");
        header.put("typ", "at+jwt");
        header.put("kid", SigningSecret.ofText(SECRET).keyId());
        payload.put("sub", "alice");
        payload.put("role", "agent");
        payload.put("permissions", List.of("query:submit", "output:read"));
        payload.put("iss", ISSUER);
        payload.put("aud", AUDIENCE);
        payload.put("iat", NOW);
        payload.put("nbf", NOW);
        payload.put("exp", NOW + 3600);
        payload.put("jti", "0d4c2f6e-9a63-4c6f-8a52-0f6f0d3b7a11");
    }

    HandmadeToken header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    HandmadeToken claim(String name, @Nullable Object value) {
        payload.put(name, value);
        return this;
    }

    HandmadeToken without(String name) {
        header.remove(name);
        payload.remove(name);
        return this;
    }

    HandmadeToken signedWith(String otherSecret) {
        secret = otherSecret;
        return this;
    }

    HandmadeToken mac(String algorithm) {
        macAlgorithm = algorithm;
        return this;
    }

    /** Signs so from now on, whatever the header says. */
    HandmadeToken signedBy(Signer other) {
        signer = other;
        return this;
    }

    String text() {
        return signed(Json.write(header), Json.write(payload));
    }

    /** The token with this very text as its payload. */
    String withPayload(String text) {
        return signed(Json.write(header), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The token with this very text as its header. */
    String withHeader(String text) {
        return signed(text.getBytes(StandardCharsets.UTF_8), Json.write(payload));
    }

    String headerText() {
        return new String(Json.write(header), StandardCharsets.UTF_8);
    }

    String payloadText() {
        return new String(Json.write(payload), StandardCharsets.UTF_8);
    }

    String signed(byte[] headerBytes, byte[] payloadBytes) {
        return sign(base64(headerBytes) + "." + base64(payloadBytes));
    }

    /** Puts the right signature behind any text. */
    String sign(String signingInput) {
        try {
            byte[] input = signingInput.getBytes(StandardCharsets.UTF_8);
            byte[] signature = signer == null
                    ? hmac(macAlgorithm, secret.getBytes(StandardCharsets.UTF_8), input)
                    : signer.sign(input);
            return signingInput + "." + base64(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(input);
    }

    BearerToken token() {
        return new BearerToken(text());
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
