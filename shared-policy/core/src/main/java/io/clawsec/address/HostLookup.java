package io.clawsec.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostLookup {

    /** All addresses, at least one; a literal's is its own. */
    List<InetAddress> addressesOf(String host) throws UnknownHostException;

    /** The one of this system. */
    static HostLookup ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
