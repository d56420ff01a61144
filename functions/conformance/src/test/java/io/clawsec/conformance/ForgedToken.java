package io.clawsec.conformance;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A token of a running server, taken apart, changed and signed again with the server's own secret: unsound in one way,
 * and sound in all others.
 */
final class ForgedToken {

    private final Map<String, @Nullable Object> header;
    private final Map<String, @Nullable Object> claims;
    private final String original;
    private String secret;
    private String mac = "HmacSHA256";

    private ForgedToken(String original, String secret) {
        String[] parts = original.split("\\.");
        this.original = original;
        this.header = tree(parts[0]);
        this.claims = tree(parts[1]);
        this.secret = secret;
    }

    /** Begins with a sound token. */
    static ForgedToken of(RunningClawSec server, String role) {
        return new ForgedToken(server.token(role), server.secret());
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

    ForgedToken signedWith(String otherSecret) {
        secret = otherSecret;
        return this;
    }

    ForgedToken mac(String algorithm) {
        mac = algorithm;
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
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac));
            byte[] signature = hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + mac, e);
        }
    }
}
