package io.clawsec.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a model backend may be. Immutable.
 *
 * <p>Whoever may name a backend makes this process send requests from inside its network: without rules, to a cloud's
 * metadata service or to a neighbour's administration page (server-side request forgery).
 */
public final class AddressRules {

    /** A name that ends in a number is an address to some software (WHATWG URL, "ends in a number"). */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

    private static final int LONGEST_NAME = 253;

    private final boolean localAllowed;
    private final Set<String> allowedHosts;

    /**
     * Makes the rules.
     *
     * @param localAllowed whether every host may be at a loopback or private address: in development only
     * @param allowedHosts names and literals that may be; case and brackets do not matter
     */
    public AddressRules(boolean localAllowed, Set<String> allowedHosts) {
        this.localAllowed = localAllowed;
        this.allowedHosts = allowedHosts.stream().map(AddressRules::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** What stands against a host as it is written, whatever its addresses. */
    public static Optional<AddressRefusal> formOf(String host) {
        String plain = withoutBrackets(host);
        boolean literal = IpAddress.parse(plain).isPresent();
        boolean odd = plain.isEmpty()
                || plain.length() > LONGEST_NAME
                || plain.indexOf('%') >= 0
                || !literal
                        && (plain.indexOf(':') >= 0
                                || ENDS_IN_NUMBER.matcher(plain).matches());
        return odd ? Optional.of(AddressRefusal.ODD_FORM) : Optional.empty();
    }

    /** What stands against connecting to this address for this host. */
    public Optional<AddressRefusal> against(String host, InetAddress address) {
        return switch (Reach.of(address)) {
            case PUBLIC -> Optional.empty();
            case LOCAL ->
                localAllowed || allowedHosts.contains(normal(host))
                        ? Optional.empty()
                        : Optional.of(AddressRefusal.NOT_PUBLIC);
            case FORBIDDEN -> Optional.of(AddressRefusal.NEVER);
        };
    }

    /**
     * The addresses of a host, if a backend may be at every one of them: of a name that also leads elsewhere nothing is
     * believed. Connect to these, and to nothing that is looked up later.
     */
    public List<InetAddress> permitted(String host, HostLookup lookup)
            throws RefusedAddressException, UnknownHostException {
        Optional<AddressRefusal> form = formOf(host);
        if (form.isPresent()) {
            throw new RefusedAddressException(form.get());
        }
        List<InetAddress> addresses = lookup.addressesOf(withoutBrackets(host));
        for (InetAddress address : addresses) {
            Optional<AddressRefusal> refusal = against(host, address);
            if (refusal.isPresent()) {
                throw new RefusedAddressException(refusal.get());
            }
        }
        return addresses;
    }

    /** A host without the brackets that a URL puts around an IPv6 address. */
    public static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String normal(String host) {
        String plain = withoutBrackets(host).toLowerCase(Locale.ROOT);
        String name = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        return IpAddress.parse(name).map(InetAddress::getHostAddress).orElse(name);
    }
}
