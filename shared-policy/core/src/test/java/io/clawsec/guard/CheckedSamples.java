package io.clawsec.guard;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;

/** Values that carry a checksum or are an encoding of something, made from the formats' own descriptions. */
final class CheckedSamples {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    private final Random random;

    CheckedSamples(Random random) {
        this.random = random;
    }

    /**
     * One value of a kind.
     *
     * @param before what stands before it, for a checksum may go over that too
     */
    String value(String kind, String before) {
        return switch (kind) {
            case "uuid" -> hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
            case "crc62" -> crc62();
            case "routable" -> routable(before);
            case "wif" -> base58Check(concat(new byte[] {(byte) 0x80}, bytes(32), random.nextBoolean() ? 1 : 0));
            case "xprv" -> base58Check(concat(HexBytes.XPRV, bytes(74), 0));
            case "age" -> age();
            case "discord" -> discord();
            case "basic" ->
                Base64.getEncoder()
                        .encodeToString(("user" + random.nextInt(1000) + ":" + text("w", 12))
                                .getBytes(StandardCharsets.US_ASCII));
            case "jwt" -> jwt();
            case "password" -> text("w", 6 + random.nextInt(8)) + text("d", 2) + text("x:!#%*+^_-", 1) + text("w", 2);
            case "key" -> text("w", 18 + random.nextInt(16)) + text("d", 2) + text("w", 2);
            default -> throw new IllegalArgumentException("no kind of value is named " + kind);
        };
    }

    private static final class HexBytes {
        static final byte[] XPRV = {0x04, (byte) 0x88, (byte) 0xad, (byte) 0xe4};
    }

    String text(String alphabet, int length) {
        String characters = SampleAlphabet.of(alphabet).characters();
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private String hex(int length) {
        return text("h", length);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second, int ones) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + ones);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.fill(all, first.length + second.length, all.length, (byte) 1);
        return all;
    }

    private String crc62() {
        String body = text("w", 30);
        return body + checksum(body, 62, 6);
    }

    private String routable(String before) {
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(20 + random.nextInt(30)));
        String length = Integer.toString(payload.length(), 36);
        String body = payload + (random.nextBoolean() ? ".01." : ".") + "0".repeat(2 - length.length()) + length;
        return body + checksum(before + body, 36, 7).toLowerCase(Locale.ROOT);
    }

    private static String checksum(String text, int base, int length) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[length];
        for (int i = length - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % base));
            rest /= base;
        }
        return new String(digits);
    }

    private static String base58Check(byte[] payload) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha256.digest(sha256.digest(payload));
            byte[] all = Arrays.copyOf(payload, payload.length + 4);
            System.arraycopy(digest, 0, all, payload.length, 4);
            BigInteger number = new BigInteger(1, all);
            StringBuilder text = new StringBuilder();
            while (number.signum() > 0) {
                BigInteger[] parts = number.divideAndRemainder(BigInteger.valueOf(58));
                text.append(BASE58.charAt(parts[1].intValue()));
                number = parts[0];
            }
            return text.reverse().toString();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** BIP 173's reference, in the upper case that the tool prints. */
    private String age() {
        String prefix = "age-secret-key-";
        int[] data = new int[52];
        for (int i = 0; i < data.length - 1; i++) {
            data[i] = random.nextInt(32);
        }
        data[51] = random.nextInt(2) * 16;
        int[] values = new int[2 * prefix.length() + 1 + data.length + 6];
        for (int i = 0; i < prefix.length(); i++) {
            values[i] = prefix.charAt(i) >> 5;
            values[prefix.length() + 1 + i] = prefix.charAt(i) & 31;
        }
        System.arraycopy(data, 0, values, 2 * prefix.length() + 1, data.length);
        int check = polymod(values) ^ 1;
        StringBuilder text = new StringBuilder();
        for (int value : data) {
            text.append(BECH32.charAt(value));
        }
        for (int i = 0; i < 6; i++) {
            text.append(BECH32.charAt(check >> 5 * (5 - i) & 31));
        }
        return text.toString().toUpperCase(Locale.ROOT);
    }

    private static int polymod(int[] values) {
        int[] generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        int checksum = 1;
        for (int value : values) {
            int top = checksum >>> 25;
            checksum = (checksum & 0x1ffffff) << 5 ^ value;
            for (int i = 0; i < 5; i++) {
                checksum ^= (top >>> i & 1) == 1 ? generator[i] : 0;
            }
        }
        return checksum;
    }

    private String discord() {
        long id = 100_000_000_000_000_000L + (random.nextLong() >>> 1) % 1_200_000_000_000_000_000L;
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Long.toString(id).getBytes(StandardCharsets.US_ASCII))
                + "." + text("u", 6) + "." + text("u", 27 + random.nextInt(12));
    }

    private String jwt() {
        String[] headers = {"{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "{\"typ\":\"JWT\",\"alg\":\"ES256\"}"};
        String body = "{\"sub\":\"" + random.nextInt(1_000_000) + "\",\"iat\":1700000000}";
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(headers[random.nextInt(2)].getBytes(StandardCharsets.US_ASCII)) + "."
                + encoder.encodeToString(body.getBytes(StandardCharsets.US_ASCII)) + "."
                + encoder.encodeToString(bytes(32));
    }
}
