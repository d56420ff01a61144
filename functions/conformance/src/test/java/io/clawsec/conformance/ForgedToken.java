package io.clawsec.conformance;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A token of a running server, taken apart, changed and signed again with the server's own key: unsound in one way, and
 * sound in all others.
 */
final class ForgedToken {

    private final Map<String, @Nullable Object> header;
    private final Map<String, @Nullable Object> claims;
    private final String original;
    private TokenSignature signature;

    /**
     * Begins with a sound token.
     *
     * @param signature what the server signed it with
     */
    ForgedToken(String original, TokenSignature signature) {
        String[] parts = original.split("\\.");
        this.original = original;
        this.header = tree(parts[0]);
        this.claims = tree(parts[1]);
        this.signature = signature;
    }

    /** Begins with a sound token of a server that signs with a secret. */
    static ForgedToken of(RunningClawSec server, String role) {
        return of(server.token(role), server.secret());
    }

    /** Begins with a sound token of a server that signs with the secret. */
    static ForgedToken of(String token, String secret) {
        return new ForgedToken(token, TokenSignature.hmac("HmacSHA256", secret));
    }

    private static Map<String, @Nullable Object> tree(String part) {
        try {
            return new LinkedHashMap<>(Json.parseObject(Base64.getUrlDecoder().decode(part)));
        } catch (MalformedJsonException e) {
            throw new AssertionError("the server's own token is no JSON", e);
        }
    }

    /** The token as the server made it. */
    String original() {
        return original;
    }

    /** A part of the token as the server made it, counted from 0. */
    String part(int number) {
        return List.of(original.split("\\.")).get(number);
    }

    ForgedToken claim(String name, @Nullable Object value) {
        claims.put(name, value);
        return this;
    }

    ForgedToken header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    ForgedToken without(String name) {
        claims.remove(name);
        header.remove(name);
        return this;
    }

    /** Issued so many seconds from now, to live so many. */
    ForgedToken lives(long fromNow, long seconds) {
        long from = System.currentTimeMillis() / 1000 + fromNow;
        return claim("iat", from).claim("nbf", from).claim("exp", from + seconds);
    }

    ForgedToken signedWith(TokenSignature other) {
        signature = other;
        return this;
    }

    /** With what is made of its signature. */
    ForgedToken spoilt(UnaryOperator<byte[]> change) {
        TokenSignature sound = signature;
        signature = signed -> change.apply(sound.of(signed));
        return this;
    }

    String text() {
        return signed(Json.write(header), Json.write(claims));
    }

    /** The token with this very text as its claims. */
    String withClaims(String text) {
        return signed(Json.write(header), text.getBytes(StandardCharsets.UTF_8));
    }

    String claimsText() {
        return new String(Json.write(claims), StandardCharsets.UTF_8);
    }

    private String signed(byte[] headerBytes, byte[] claimBytes) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return sign(base64.encodeToString(headerBytes) + "." + base64.encodeToString(claimBytes));
    }

    /** Puts a signature behind any text. */
    String sign(String signed) {
        try {
            byte[] bytes = signature.of(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these algorithms", e);
        }
    }
}
