package io.clawsec.model.openai;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that is itself reached over plain HTTP, the only kind that the JDK's client can use.
 *
 * @param host its name or address, IPv6 without brackets
 * @param port its port
 * @param authorization the value of {@code Proxy-Authorization}, confidential; null where it wants none
 */
record ProxyServer(String host, int port, @Nullable String authorization) {

    private static final int DEFAULT_PORT = 80;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads {@code [http://][user:password@]host[:port][/]}.
     *
     * @throws IllegalArgumentException if it is something else; the message names the variable and shows no value
     */
    static ProxyServer of(String variable, String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            String host = uri.getHost();
            boolean plain = "http".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (plain && bare && host != null && uri.getPort() <= HIGHEST_PORT && uri.getPort() != 0) {
                return new ProxyServer(
                        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                        authorization(uri.getRawUserInfo()));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Its message would quote the text, and the text may hold a password: the message below instead.
        }
        throw new IllegalArgumentException(variable + " is not a proxy's URL: it must be http://host:port or"
                + " http://user:password@host:port, user and password percent-encoded;"
                + " https and socks proxies are not supported");
    }

    private static @Nullable String authorization(@Nullable String rawUserInfo) {
        if (rawUserInfo == null) {
            return null;
        }
        int colon = rawUserInfo.indexOf(':');
        String user = decoded(colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon));
        String password = colon < 0 ? "" : decoded(rawUserInfo.substring(colon + 1));
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8); // in user info a plus is a plus
    }

    /** The address, to be looked up anew at every connection. */
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** Leaves the credentials out. */
    @Override
    public String toString() {
        return host + ":" + port + (authorization == null ? "" : " with credentials");
    }
}
