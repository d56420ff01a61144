package io.clawsec.model.openai;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.model.Backend;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.mock.MockModel;
import java.net.URI;
import java.time.Duration;

/** Makes the models that stand for backends. */
public final class Backends {

    /** A backend that does not even take a connection in this time is not there. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final ProxySettings proxy;
    private final AddressRules rules;
    private final HostLookup lookup;

    /**
     * Makes the maker.
     *
     * @param proxy through what backends are reached
     * @param rules where a backend may be; asked at every connection
     * @param lookup finds the addresses of a backend's host
     */
    public Backends(ProxySettings proxy, AddressRules rules, HostLookup lookup) {
        this.proxy = proxy;
        this.rules = rules;
        this.lookup = lookup;
    }

    /** The model of a backend; the built-in mock where there is none. */
    public LanguageModel of(Backend backend) {
        if (backend.url().isEmpty()) {
            return new MockModel();
        }
        Duration timeout = backend.timeout();
        return new OpenAiModel(
                new OpenAiSettings(
                        backend.url().get(),
                        backend.key().orElse(null),
                        backend.model(),
                        backend.maxTokens(),
                        CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout,
                        timeout,
                        timeout,
                        proxy),
                rules,
                lookup);
    }

    /** Whether a backend is reached through a proxy, which then finds its addresses. */
    public boolean throughProxy(URI url) {
        return proxy.proxyFor(url).isPresent();
    }
}
