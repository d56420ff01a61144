package io.clawsec.testkit;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where requests end among the bytes of a connection. Their bodies have a length, and none is sent before the one
 * before was answered.
 */
final class HttpRequests {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]{1,9}) *\r?$");
    private static final int MOST_HEAD = 1 << 20;
    private static final int IN_HEAD = -1;

    private final StringBuilder head = new StringBuilder();
    private int bodyLeft = IN_HEAD;

    /** Whether the next byte begins a request. */
    boolean isBetween() {
        return bodyLeft == IN_HEAD && head.length() == 0;
    }

    /** Takes the connection's next bytes; whether a request ends with them. */
    boolean endsWith(byte[] bytes) {
        if (bodyLeft == IN_HEAD) {
            head.append(new String(bytes, StandardCharsets.ISO_8859_1));
            int end = head.indexOf(END_OF_HEAD);
            if (end < 0) {
                if (head.length() > MOST_HEAD) {
                    throw new IllegalStateException("this is no HTTP");
                }
                return false;
            }
            int begunBody = head.length() - end - END_OF_HEAD.length();
            bodyLeft = length(head.substring(0, end)) - begunBody;
        } else {
            bodyLeft -= bytes.length;
        }
        if (bodyLeft > 0) {
            return false;
        }
        head.setLength(0);
        bodyLeft = IN_HEAD;
        return true;
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }
}
