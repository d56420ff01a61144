package io.clawsec.guard.rule;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Base58Check, in which ledgers write addresses and keys (Bitcoin developer reference). */
final class Base58Check {

    static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    static final int CHECKSUM_BYTES = 4;

    private Base58Check() {}

    /** The number that a text stands for in an alphabet of 58 characters; null where it holds another character. */
    static @Nullable BigInteger number(String text, String alphabet) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = alphabet.indexOf(text.charAt(i));
            if (digit < 0) {
                return null;
            }
            number = number.multiply(BigInteger.valueOf(alphabet.length())).add(BigInteger.valueOf(digit));
        }
        return number;
    }

    /** Whether the last four bytes are the first of a double SHA-256 over the rest. */
    static boolean holds(byte[] bytes) {
        int check = bytes.length - CHECKSUM_BYTES;
        byte[] digest = sha256(sha256(Arrays.copyOf(bytes, check)));
        return Arrays.equals(Arrays.copyOf(digest, CHECKSUM_BYTES), Arrays.copyOfRange(bytes, check, bytes.length));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
