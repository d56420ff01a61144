package io.clawsec.identity.jwt;

import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret that HS256 tokens are both signed and verified with; confidential.
 *
 * <p>Whoever verifies with it can also sign with it, so it serves only where all functions are one process.
 */
public final class SigningSecret {

    /** How many bytes a secret has at least: 256 bits, the output of HMAC-SHA-256 (RFC 7518, section 3.2). */
    public static final int MINIMUM_BYTES = 32;

    private static final int SIGNATURE_BYTES = 32;

    /** Keeps the key id apart from every other digest that anybody might make of the same secret. */
    private static final String KEY_ID_DOMAIN = "clawsec/token-key-id/v1\0";

    private static final int KEY_ID_BYTES = 8;

    private final SecretKey key;
    private final int length;

    private SigningSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.length = bytes.length;
    }

    /**
     * The secret whose bytes are the text's UTF-8 bytes, as {@code JWT_SECRET_KEY} gives it.
     *
     * @throws IllegalArgumentException if it has fewer than {@value #MINIMUM_BYTES} bytes; the message shows none of it
     */
    public static SigningSecret ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MINIMUM_BYTES) {
            throw new IllegalArgumentException("JWT_SECRET_KEY has " + bytes.length + " bytes; HS256 needs at least "
                    + MINIMUM_BYTES + ". Make one with: openssl rand -base64 48");
        }
        return new SigningSecret(bytes);
    }

    /** This secret as the key that new tokens are signed with. */
    public SigningKey signingKey() {
        return new SigningKey(keyId(), builder -> builder.signWith(key, Jwts.SIG.HS256));
    }

    /** This secret as a key that tokens are verified with; a retired one stays for the lifetime of its last token. */
    public VerificationKey verificationKey() {
        return VerificationKey.of(keyId(), key, Jwts.SIG.HS256, SIGNATURE_BYTES);
    }

    /**
     * The first 64 bits, in hex, of a SHA-256 over a domain prefix and the secret.
     *
     * <p>It stands in the clear in every token. That is safe: from 64 bits of a one-way digest nobody finds a secret of
     * 256 random bits. Where a secret is guessable the id lets an attacker test guesses off-line, but so does the
     * signature of the same token, which must be there: the id gives nothing away that the token does not.
     */
    public String keyId() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(KEY_ID_DOMAIN.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key.getEncoded()), 0, KEY_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Shows the length only. */
    @Override
    public String toString() {
        return "SigningSecret[" + length + " bytes]";
    }
}
