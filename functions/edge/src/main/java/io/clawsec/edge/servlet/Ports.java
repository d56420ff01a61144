package io.clawsec.edge.servlet;

import io.clawsec.edge.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The two ports, as they can be had.
 *
 * @param api of the API
 * @param management of metrics and health; -1 for none
 */
record Ports(int api, int management) {

    static final int NONE = -1;

    /**
     * Chooses the ports. A port of 0 becomes a free one; the default management port gives way where it is taken, one
     * that somebody asked for does not.
     */
    static Ports of(Configuration configuration) {
        InetAddress address = configuration.bindAddress();
        int api = configuration.port() == 0 ? free(address) : configuration.port();
        if (configuration.managementPort().isEmpty()) {
            return new Ports(api, NONE);
        }
        int asked = configuration.managementPort().getAsInt();
        if (asked == 0) {
            return new Ports(api, freeBeside(address, api));
        }
        boolean givesWay = !configuration.managementPortRequired();
        return new Ports(api, givesWay && (asked == api || taken(address, asked)) ? NONE : asked);
    }

    private static int free(InetAddress address) {
        return freeBeside(address, NONE);
    }

    /** A free port other than the one given, which is not bound yet and so may be given again. */
    private static int freeBeside(InetAddress address, int other) {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.getLocalPort() == other ? freeBeside(address, other) : probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port is free on this machine", e);
        }
    }

    private static boolean taken(InetAddress address, int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, address)) {
            return !probe.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
