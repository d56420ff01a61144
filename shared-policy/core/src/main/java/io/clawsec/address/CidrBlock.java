package io.clawsec.address;

import java.net.InetAddress;

/**
 * A block of IP addresses (RFC 4632).
 *
 * @param network the first address
 * @param prefixBits how many leading bits count
 */
public record CidrBlock(InetAddress network, int prefixBits) {

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress network = IpAddress.parse(literal)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address or CIDR block"));
        int most = network.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : prefix(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("a prefix of this address has 0 to " + most + " bits");
        }
        return new CidrBlock(network, bits);
    }

    private static int prefix(String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a CIDR prefix");
        }
        return Integer.parseInt(digits);
    }

    /** Whether the address is in the block; never for the other family. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((mine[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
