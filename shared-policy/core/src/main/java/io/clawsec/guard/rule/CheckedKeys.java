package io.clawsec.guard.rule;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Keys and tokens that carry a checksum.
 *
 * <p>Where the checksum is the proof of a form that other things have too, it is asked for. Where the prefix tells
 * enough, a right one makes a token of whatever stands there, and without it the token must at least look random: a
 * mistyped or cut-off token is still most of a token.
 */
final class CheckedKeys {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CRC_IN_BASE62 = 6;
    private static final int CRC_IN_BASE36 = 7;
    /** What a routable GitLab token has after its last dot: two characters of length, then the checksum. */
    private static final int GITLAB_TAIL = 9;

    private static final String EXTENDED = "xprv";
    private static final String AGE_PREFIX = "age-secret-key-";

    private CheckedKeys() {}

    /** A token of GitHub or npm: its last six characters are the CRC-32 of those between prefix and them, in base 62. */
    static boolean githubToken(String span) {
        int body = span.indexOf('_') + 1;
        int check = span.length() - CRC_IN_BASE62;
        if (check > body && checksum(span.substring(body, check), BASE62).equals(padded(span.substring(check)))) {
            return true;
        }
        return Credentials.random(span);
    }

    /** A token of GitLab: a routable one ends in the CRC-32 of all before, in base 36. */
    static boolean gitlabToken(String span) {
        int check = span.length() - CRC_IN_BASE36;
        if (span.lastIndexOf('.') == span.length() - GITLAB_TAIL - 1
                && checksum(span.substring(0, check), BASE62.substring(0, 36))
                        .equals(padded(span.substring(check).toUpperCase(Locale.ROOT)))) {
            return true;
        }
        return Credentials.token(span);
    }

    /** The CRC-32 of the text in the digits given, without leading zeros. */
    private static String checksum(String text, String digits) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder number = new StringBuilder();
        for (long rest = crc.getValue(); rest > 0; rest /= digits.length()) {
            number.append(digits.charAt((int) (rest % digits.length())));
        }
        return number.reverse().toString();
    }

    private static String padded(String number) {
        int first = 0;
        while (first < number.length() && number.charAt(first) == '0') {
            first++;
        }
        return number.substring(first);
    }

    /** The characters of an age key after its prefix, with the checksum of bech32 (BIP 173, age-encryption.org/v1). */
    static boolean ageKey(String span) {
        return Bech32.remainder(AGE_PREFIX, span.toLowerCase(Locale.ROOT)) == Bech32.BECH32 || Credentials.random(span);
    }

    /** A private key of a Bitcoin wallet, by its checksum alone, or an extended one, which has a prefix (BIP 32). */
    static boolean walletKey(String span) {
        return base58Check(span) || (span.startsWith(EXTENDED) && Credentials.random(span));
    }

    private static boolean base58Check(String span) {
        BigInteger number = Base58Check.number(span, Base58Check.ALPHABET);
        if (number == null) {
            return false;
        }
        // Neither kind of key begins with a zero byte, so the number has all of them.
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return bytes.length - Base58Check.CHECKSUM_BYTES > from
                && Base58Check.holds(Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
