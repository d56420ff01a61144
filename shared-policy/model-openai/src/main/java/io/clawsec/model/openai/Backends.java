package io.clawsec.model.openai;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.mock.MockModel;
import io.clawsec.settings.LlmSettings;
import java.net.URI;
import java.time.Duration;

/** Makes the model backend that settings name. */
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

    /** The backend of the settings; the built-in mock where they name none. */
    public LanguageModel of(LlmSettings settings) {
        if (settings.apiUrl().isEmpty()) {
            return new MockModel();
        }
        Duration timeout = Duration.ofSeconds(settings.timeoutSeconds());
        return new OpenAiModel(
                new OpenAiSettings(
                        settings.apiUrl().get(),
                        settings.apiKey().orElse(null),
                        settings.model(),
                        settings.maxTokens(),
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
