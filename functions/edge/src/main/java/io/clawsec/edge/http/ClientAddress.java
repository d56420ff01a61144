package io.clawsec.edge.http;

import io.clawsec.address.CidrBlock;
import io.clawsec.address.IpAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's address: forwarded headers are believed only from trusted proxies, hop by hop from the right.
 *
 * <p>{@code X-Forwarded-For} counts where it is there, else {@code Forwarded} (RFC 7239). The walk ends at the first
 * address that is not a trusted proxy, or before the first hop that is no address.
 */
public final class ClientAddress {

    private static final int MOST_HOPS = 32;

    private final Supplier<List<CidrBlock>> trustedProxies;

    public ClientAddress(List<CidrBlock> trustedProxies) {
        this(() -> trustedProxies);
    }

    /**
     * Makes a finder whose proxies may change.
     *
     * @param trustedProxies asked at every request
     */
    public ClientAddress(Supplier<List<CidrBlock>> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /** The client's address in its canonical form; null where the transport has none. */
    public @Nullable String of(IncomingRequest request) {
        if (request.peerAddress() == null) {
            return null;
        }
        Optional<InetAddress> peer = IpAddress.parse(withoutZone(request.peerAddress()));
        if (peer.isEmpty()) {
            return null;
        }
        InetAddress client = peer.get();
        List<String> hops = hops(request);
        List<CidrBlock> trusted = trustedProxies.get();
        for (int i = hops.size() - 1; i >= 0 && hops.size() - i <= MOST_HOPS && trusted(trusted, client); i--) {
            Optional<InetAddress> hop = IpAddress.parseWithPort(hops.get(i));
            if (hop.isEmpty()) {
                break;
            }
            client = hop.get();
        }
        return client.getHostAddress();
    }

    /** The transport names the interface behind a link-local address, such as {@code fe80::1%eth0}. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static boolean trusted(List<CidrBlock> proxies, InetAddress address) {
        return proxies.stream().anyMatch(block -> block.contains(address));
    }

    private static List<String> hops(IncomingRequest request) {
        List<String> forwardedFor = request.headers().getOrDefault("x-forwarded-for", List.of());
        List<String> hops = new ArrayList<>();
        if (!forwardedFor.isEmpty()) {
            forwardedFor.forEach(value -> split(value, hops));
            return hops;
        }
        for (String value : request.headers().getOrDefault("forwarded", List.of())) {
            List<String> elements = new ArrayList<>();
            split(value, elements);
            elements.forEach(element -> hops.add(forParameter(element)));
        }
        return hops;
    }

    private static void split(String list, List<String> into) {
        for (String item : list.split(",", -1)) {
            into.add(item.strip());
        }
    }

    private static String forParameter(String element) {
        for (String pair : element.split(";", -1)) {
            String trimmed = pair.strip();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
                String value = trimmed.substring(4).strip();
                return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
            }
        }
        return "";
    }
}
