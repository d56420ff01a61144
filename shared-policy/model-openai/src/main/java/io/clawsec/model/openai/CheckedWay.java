package io.clawsec.model.openai;

import io.clawsec.address.AddressRefusal;
import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.address.IpAddress;
import io.clawsec.address.RefusedAddressException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/**
 * The way to a backend, on which every connection's address is judged and no other is connected to.
 *
 * <p>The JDK's client looks names up by itself, so a name that was fine when it was checked may lead elsewhere a moment
 * later (DNS rebinding). Hence three ways: a host that is an address is judged as it is and reached directly; a name is
 * reached through a {@link Forwarder} in this process, which looks it up, judges what it finds and connects to just that;
 * and where the operator has set a proxy, the proxy looks names up, and only what the URL itself says is judged here.
 */
final class CheckedWay {

    private final String host;
    private final Optional<InetAddress> literal;
    private final Optional<ProxyServer> proxy;
    private final AddressRules rules;
    private final Forwarder forwarder;

    CheckedWay(OpenAiSettings settings, Optional<ProxyServer> proxy, AddressRules rules, HostLookup lookup) {
        URI url = settings.url();
        this.host = url.getHost();
        this.literal = IpAddress.parse(host);
        this.proxy = proxy;
        this.rules = rules;
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        this.forwarder =
                new Forwarder(new Forwarder.Target(host, port, secure), rules, lookup, settings.connectTimeout());
    }

    /** Throws where the host may not be reached, as far as can be said without looking it up. */
    void requirePermitted() throws RefusedAddressException {
        Optional<AddressRefusal> refusal =
                AddressRules.formOf(host).or(() -> literal.flatMap(address -> rules.against(host, address)));
        if (refusal.isPresent()) {
            throw new RefusedAddressException(refusal.get());
        }
    }

    /** Leads the client along the way. */
    ProxySelector selector() {
        if (proxy.isPresent()) {
            return ProxySelector.of(proxy.get().address());
        }
        return literal.isPresent() ? HttpClient.Builder.NO_PROXY : new ThroughForwarder(forwarder);
    }

    /** Whether a connection to the backend took too long after that time. */
    boolean timedOutSince(long nanos) {
        return forwarder.timedOutSince(nanos);
    }

    private static final class ThroughForwarder extends ProxySelector {

        private final Forwarder forwarder;

        ThroughForwarder(Forwarder forwarder) {
            this.forwarder = forwarder;
        }

        @Override
        public List<Proxy> select(URI uri) {
            try {
                return List.of(new Proxy(Proxy.Type.HTTP, forwarder.address()));
            } catch (IOException e) {
                throw new UncheckedIOException(e); // never past the forwarder
            }
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The call fails, and says so.
        }
    }
}
