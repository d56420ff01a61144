package io.clawsec.model.openai;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are reached without the proxy: a {@code NO_PROXY} list.
 *
 * <p>Entries are separated by commas or white space. An entry is {@code *} (every host), a host name or domain, which
 * also means every name below it ({@code example.com}, {@code .example.com} and {@code *.example.com} are the same), an
 * IP address, or a block of them ({@code 10.0.0.0/8}, {@code fd00::/8}). Name and address may carry a port, IPv6 then in
 * brackets. No name is looked up: addresses match only hosts that are written as addresses. Nothing is bypassed
 * unasked, localhost neither. An entry that is none of these matches nothing.
 */
final class ProxyBypass {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final int MOST_ENTRIES = 1_000;

    private final List<Entry> entries;

    private ProxyBypass(List<Entry> entries) {
        this.entries = entries;
    }

    /** One entry that may cover a target. */
    private interface Entry {
        boolean covers(String host, Optional<InetAddress> address, int port);
    }

    static ProxyBypass of(String list) {
        return new ProxyBypass(Stream.of(list.split("[,\\s]+", MOST_ENTRIES))
                .filter(entry -> !entry.isEmpty())
                .map(ProxyBypass::entry)
                .toList());
    }

    /** Whether a target is reached without the proxy. */
    boolean covers(String host, int port) {
        String plain = plainHost(host);
        Optional<InetAddress> address = literal(plain);
        return entries.stream().anyMatch(entry -> entry.covers(plain, address, port));
    }

    private static Entry entry(String text) {
        if (text.equals("*")) {
            return (host, address, port) -> true;
        }
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return block(text.substring(0, slash), text.substring(slash + 1));
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0
                && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']')
                && PORT.matcher(text.substring(colon + 1)).matches();
        String name = plainHost(hasPort ? text.substring(0, colon) : text);
        int wantedPort = hasPort ? Integer.parseInt(text.substring(colon + 1)) : -1;
        Entry named = literal(name).<Entry>map(ProxyBypass::exactly).orElseGet(() -> domain(name));
        return (host, address, port) -> (wantedPort < 0 || wantedPort == port) && named.covers(host, address, port);
    }

    private static Entry exactly(InetAddress wanted) {
        return (host, address, port) -> address.filter(wanted::equals).isPresent();
    }

    private static Entry domain(String name) {
        String domain = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return (host, address, port) ->
                !domain.isEmpty() && address.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
    }

    private static Entry block(String base, String prefix) {
        Optional<InetAddress> network = literal(plainHost(base));
        if (network.isEmpty() || !PORT.matcher(prefix).matches()) {
            return (host, address, port) -> false;
        }
        byte[] wanted = network.get().getAddress();
        int shift = wanted.length * Byte.SIZE - Integer.parseInt(prefix);
        return (host, address, port) -> shift >= 0
                && address.map(InetAddress::getAddress)
                        .filter(bytes -> bytes.length == wanted.length
                                && new BigInteger(1, bytes)
                                        .shiftRight(shift)
                                        .equals(new BigInteger(1, wanted).shiftRight(shift)))
                        .isPresent();
    }

    /** Lower case, without brackets, without the dot of the root. */
    private static String plainHost(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** The address that the text spells; empty for a name, which is never looked up. */
    private static Optional<InetAddress> literal(String host) {
        if (host.indexOf(':') < 0 && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host)); // text of this form is parsed, not looked up
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
