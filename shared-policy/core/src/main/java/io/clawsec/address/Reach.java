package io.clawsec.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How far an address reaches; the further down the list, the worse. */
enum Reach {
    /** Of the public Internet. */
    PUBLIC,
    /** Of this machine or its networks, or reserved. */
    LOCAL,
    /** Of a link or of a cloud's own services, or nobody's. */
    FORBIDDEN;

    /** Forbidden, wherever they are embedded. The single hosts are metadata services outside 169.254.0.0/16. */
    private static final List<CidrBlock> FORBIDDEN_BLOCKS = blocks(
            "0.0.0.0/8", // this network (RFC 791)
            "169.254.0.0/16", // link-local, with the metadata services of AWS, GCP, Azure and others
            "100.100.100.200", // Alibaba Cloud
            "168.63.129.16", // Azure's wire server
            "192.0.0.192", // Oracle Cloud
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "::", // unspecified
            "fe80::/10", // link-local
            "ff00::/8", // multicast
            "fd00:ec2::/32", // AWS: metadata, time, DNS, pod identity
            "fd20:ce::254"); // GCP

    /** IANA's special-purpose registry, what of it is not forbidden. */
    private static final List<CidrBlock> LOCAL_BLOCKS = blocks(
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32",
            "3fff::/20");

    /** All that is assigned to the public Internet; what lies outside is local at best. */
    private static final CidrBlock GLOBAL_UNICAST = CidrBlock.parse("2000::/3");

    private static final CidrBlock NAT64 = CidrBlock.parse("64:ff9b::/96");
    private static final CidrBlock LOCAL_NAT64 = CidrBlock.parse("64:ff9b:1::/48");
    private static final CidrBlock SIX_TO_FOUR = CidrBlock.parse("2002::/16");
    private static final CidrBlock TEREDO = CidrBlock.parse("2001::/32");
    private static final CidrBlock LEADING_ZEROS = CidrBlock.parse("::/64");

    static Reach of(InetAddress address) {
        Reach own = ofBlocks(address);
        return embedded(address).map(Reach::of).reduce(own, Reach::worse);
    }

    private static Reach worse(Reach one, Reach other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Reach ofBlocks(InetAddress address) {
        if (FORBIDDEN_BLOCKS.stream().anyMatch(block -> block.contains(address))) {
            return FORBIDDEN;
        }
        boolean outside =
                !(address instanceof Inet4Address) && !GLOBAL_UNICAST.contains(address) && !NAT64.contains(address);
        return outside || LOCAL_BLOCKS.stream().anyMatch(block -> block.contains(address)) ? LOCAL : PUBLIC;
    }

    /**
     * The IPv4 addresses that an IPv6 address leads to, where a translator or a tunnel stands by: mapped, compatible and
     * translated (RFC 4291, 2765), NAT64 (6052), 6to4 (3056), Teredo (4380), ISATAP (5214). What is not certain is
     * listed too: an address must be harmless in every reading.
     */
    private static Stream<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return Stream.empty();
        }
        List<InetAddress> found = new ArrayList<>();
        boolean onlyTail =
                LEADING_ZEROS.contains(address) && !address.isLoopbackAddress() && !address.isAnyLocalAddress();
        boolean isatap = (bytes[8] & ~0x03) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == (byte) 0xFE;
        if (onlyTail || isatap || NAT64.contains(address) || LOCAL_NAT64.contains(address)) {
            found.add(ipv4(bytes[12], bytes[13], bytes[14], bytes[15]));
        }
        if (LOCAL_NAT64.contains(address)) {
            found.add(ipv4(bytes[6], bytes[7], bytes[9], bytes[10])); // prefix of 48 bits, RFC 6052, 2.2
            found.add(ipv4(bytes[7], bytes[9], bytes[10], bytes[11])); // of 56
            found.add(ipv4(bytes[9], bytes[10], bytes[11], bytes[12])); // of 64
        }
        if (SIX_TO_FOUR.contains(address)) {
            found.add(ipv4(bytes[2], bytes[3], bytes[4], bytes[5]));
        }
        if (TEREDO.contains(address)) {
            found.add(ipv4(~bytes[12], ~bytes[13], ~bytes[14], ~bytes[15]));
        }
        return found.stream();
    }

    private static InetAddress ipv4(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<CidrBlock> blocks(String... texts) {
        return Arrays.stream(texts).map(CidrBlock::parse).toList();
    }
}
