package io.clawsec.guard.rule;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Addresses of the large public ledgers, by their checksums. */
final class WalletAddresses {

    /** The XRP Ledger's order of the same 58 characters. */
    private static final String RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

    private static final int ETHEREUM_DIGITS = 40;
    /** An address of so few different digits stands for "nobody". */
    private static final int MAX_DIGITS_OF_NOBODY = 4;

    private static final int PAYLOAD_BYTES = 21;

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
        return base58Check(span, span.startsWith("r") ? RIPPLE58 : Base58Check.ALPHABET);
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

    private static boolean base58Check(String address, String alphabet) {
        BigInteger number = Base58Check.number(address, alphabet);
        if (number == null) {
            return false;
        }
        byte[] magnitude = number.toByteArray();
        byte[] bytes = new byte[PAYLOAD_BYTES + Base58Check.CHECKSUM_BYTES];
        int copied = Math.min(magnitude.length, bytes.length);
        if (magnitude.length > bytes.length + 1) {
            return false;
        }
        System.arraycopy(magnitude, magnitude.length - copied, bytes, bytes.length - copied, copied);
        return Base58Check.holds(bytes);
    }

    private static boolean bech32(String address) {
        int separator = address.lastIndexOf('1');
        int remainder = Bech32.remainder(address.substring(0, separator), address.substring(separator + 1));
        return remainder == Bech32.BECH32 || remainder == Bech32.BECH32M;
    }
}
