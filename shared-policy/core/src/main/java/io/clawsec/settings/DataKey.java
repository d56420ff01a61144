package io.clawsec.settings;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that secrets are stored under: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits for each text.
 *
 * <p>A sealed text is bound to what it is for: under another field's name, or another backend's origin, it does not open.
 * So whoever can write to the store can neither swap secrets nor have one sent elsewhere.
 */
public final class DataKey {

    /** Of the key, 256 bits. */
    public static final int BYTES = 32;

    /** Begins every sealed text, and is authenticated with it. */
    private static final String FORMAT = "v1";

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private DataKey(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Reads a key of 32 bytes in hex or Base64, the URL's alphabet and missing padding included.
     *
     * @throws IllegalArgumentException when it is none; the message does not quote it
     */
    public static DataKey of(String text, SecureRandom random) {
        byte[] bytes;
        try {
            bytes = HEX.matcher(text).matches()
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("must be 32 random bytes in hex or Base64");
        }
        return new DataKey(bytes, random);
    }

    /**
     * Encrypts a text for one purpose.
     *
     * @param purpose what it is for; the same is needed to open it
     */
    public String seal(String text, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORMAT + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Opens a text; empty when it was sealed under another key or for another purpose, or is damaged. */
    public Optional<String> open(String sealed, String purpose) {
        if (!sealed.startsWith(FORMAT + ".")) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed.substring(FORMAT.length() + 1));
            int length = all.length - NONCE_BYTES;
            if (length < TAG_BITS / Byte.SIZE) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(all, NONCE_BYTES, length);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((FORMAT + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "DataKey[256 bits]";
    }
}
