package io.clawsec.settings;

import io.clawsec.address.AddressRules;
import io.clawsec.address.HostLookup;
import io.clawsec.address.RefusedAddressException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges where a backend's URL leads before it is saved. What is true now may not be at the next connection, so the
 * client judges again then.
 */
public final class BackendPlace {

    private final AddressRules rules;
    private final HostLookup lookup;
    private final Predicate<URI> throughProxy;

    /**
     * Makes the judge.
     *
     * @param throughProxy whether a URL is reached through a proxy, which looks names up itself: a name that is unknown
     *     here may then be known there
     */
    public BackendPlace(AddressRules rules, HostLookup lookup, Predicate<URI> throughProxy) {
        this.rules = rules;
        this.lookup = lookup;
        this.throughProxy = throughProxy;
    }

    /** What stands against a URL that is sound as such. */
    Optional<String> objection(String apiUrl) {
        URI url = URI.create(apiUrl);
        try {
            List<InetAddress> permitted = rules.permitted(url.getHost(), lookup);
            return permitted.isEmpty() ? Optional.of("names a host that has no address") : Optional.empty();
        } catch (RefusedAddressException e) {
            return Optional.of(e.refusal().sentence());
        } catch (UnknownHostException e) {
            return throughProxy.test(url) ? Optional.empty() : Optional.of("names a host that cannot be found");
        }
    }
}
