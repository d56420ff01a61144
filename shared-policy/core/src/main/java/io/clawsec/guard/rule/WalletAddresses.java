package io.clawsec.guard.rule;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Addresses of the large public ledgers, by their checksums. */
final class WalletAddresses {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    /** The XRP Ledger's order of the same 58 characters. */
    private static final String RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32_CONSTANT = 1;
    private static final int BECH32M_CONSTANT = 0x2bc830a3;
    private static final int ETHEREUM_DIGITS = 40;
    /** An address of so few different digits stands for "nobody". */
    private static final int MAX_DIGITS_OF_NOBODY = 4;

    private static final int PAYLOAD_BYTES = 21;
    private static final int CHECKSUM_BYTES = 4;

    private WalletAddresses() {}

    /**
     * Whether the checksum of the address holds: Ethereum (EIP-55), Base58Check with a payload of 21 bytes (Bitcoin,
     * Litecoin, Dogecoin, Dash, Tron; in its own alphabet XRP), Bech32 and Bech32m (Bitcoin, Litecoin, Cardano).
     */
    static boolean wellFormed(String span) {
        String lower = span.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            return ethereum(span.substring(2), lower.substring(2));
        }
        if (lower.startsWith("bc1") || lower.startsWith("ltc1") || lower.startsWith("addr1")) {
            return bech32(lower);
        }
        return base58Check(span, span.startsWith("r") ? RIPPLE58 : BASE58);
    }

    /** One case says nothing; both say that upper case stands where the digest of the lower-case address has 8 or more. */
    private static boolean ethereum(String address, String lower) {
        if (lower.chars().distinct().count() <= MAX_DIGITS_OF_NOBODY || address.length() != ETHEREUM_DIGITS) {
            return false;
        }
        if (address.equals(lower) || address.equals(lower.toUpperCase(Locale.ROOT))) {
            return true;
        }
        String digest = HexFormat.of().formatHex(Keccak256.digest(lower.getBytes(StandardCharsets.ISO_8859_1)));
        for (int i = 0; i < ETHEREUM_DIGITS; i++) {
            char character = address.charAt(i);
            if (!Digits.is(character) && Character.isUpperCase(character) != digest.charAt(i) >= '8') {
                return false;
            }
        }
        return true;
    }

    /** Base58Check: the last four bytes are the first of a double SHA-256 over the rest (Bitcoin developer reference). */
    private static boolean base58Check(String address, String alphabet) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < address.length(); i++) {
            int digit = alphabet.indexOf(address.charAt(i));
            if (digit < 0) {
                return false;
            }
            number = number.multiply(BigInteger.valueOf(alphabet.length())).add(BigInteger.valueOf(digit));
        }
        byte[] magnitude = number.toByteArray();
        byte[] bytes = new byte[PAYLOAD_BYTES + CHECKSUM_BYTES];
        int copied = Math.min(magnitude.length, bytes.length);
        if (magnitude.length > bytes.length + 1) {
            return false;
        }
        System.arraycopy(magnitude, magnitude.length - copied, bytes, bytes.length - copied, copied);
        byte[] digest = sha256(sha256(Arrays.copyOf(bytes, PAYLOAD_BYTES)));
        return Arrays.equals(
                Arrays.copyOf(digest, CHECKSUM_BYTES), Arrays.copyOfRange(bytes, PAYLOAD_BYTES, bytes.length));
    }

    /** Bech32 and Bech32m: the BCH code over prefix and data leaves the constant (BIP 173, BIP 350). */
    private static boolean bech32(String address) {
        int separator = address.lastIndexOf('1');
        int state = 1;
        for (int i = 0; i < separator; i++) {
            state = step(state, address.charAt(i) >> 5);
        }
        state = step(state, 0);
        for (int i = 0; i < separator; i++) {
            state = step(state, address.charAt(i) & 31);
        }
        for (int i = separator + 1; i < address.length(); i++) {
            int value = BECH32.indexOf(address.charAt(i));
            if (value < 0) {
                return false;
            }
            state = step(state, value);
        }
        return state == BECH32_CONSTANT || state == BECH32M_CONSTANT;
    }

    private static int step(int state, int value) {
        int top = state >>> 25;
        int next = (state & 0x1ffffff) << 5 ^ value;
        for (int bit = 0; bit < BECH32_GENERATOR.length; bit++) {
            next ^= (top >>> bit & 1) == 1 ? BECH32_GENERATOR[bit] : 0;
        }
        return next;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
