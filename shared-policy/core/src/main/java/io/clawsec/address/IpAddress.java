package io.clawsec.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses from their literals; a name is never looked up. */
public final class IpAddress {

    private static final int LONGEST_LITERAL = 45;
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

    /** The first character counts: the JDK looks a text up as a name unless that is a hex digit or a colon. */
    private static final Pattern IPV6 = Pattern.compile("(?=[0-9A-Fa-f:])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpAddress() {}

    /** Reads a literal, a bracketed IPv6 one included, without port or zone; empty when it is none. */
    public static Optional<InetAddress> parse(String text) {
        String literal = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (literal.length() > LONGEST_LITERAL
                || !(IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Reads a literal that may have a port behind it: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
    public static Optional<InetAddress> parseWithPort(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = text.startsWith("[") ? colon > text.lastIndexOf(']') : colon >= 0 && colon == text.indexOf(':');
        return parse(port ? text.substring(0, colon) : text);
    }
}
