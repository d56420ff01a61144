package io.clawsec.settings;

import java.net.URI;
import java.util.Locale;

/** Who is at the other end of a URL: scheme, host and port (RFC 6454). A key is for one origin. */
final class Origin {

    /** The origin of no URL. */
    static final String NONE = "";

    private Origin() {}

    /** The origin in one form, the default port written out. */
    static String of(String url) {
        if (url.isEmpty()) {
            return NONE;
        }
        URI uri = URI.create(url);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return scheme + "://" + (host.endsWith(".") ? host.substring(0, host.length() - 1) : host) + ":" + port;
    }
}
