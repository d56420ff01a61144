package io.clawsec.guard.rule;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Internet addresses that can be somebody's. */
final class InternetAddresses {

    private static final int GROUPS = 8;
    private static final int MAX_GROUP_DIGITS = 4;
    private static final int MAX_OCTET = 255;
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern COLON = Pattern.compile(":");

    private InternetAddresses() {}

    /**
     * IPv4: four octets of 0 to 255 without leading zeros (RFC 6943, 3.1.1), and not one that every machine shares:
     * 0.0.0.0/8 and loopback (RFC 6890), or a mask or broadcast address that begins with 255.
     */
    static boolean version4(String span) {
        String[] octets = DOT.split(span, -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (octet.isEmpty() || octet.length() > 3 || (octet.length() > 1 && octet.charAt(0) == '0')) {
                return false;
            }
            if (!octet.chars().allMatch(Character::isDigit) || Integer.parseInt(octet) > MAX_OCTET) {
                return false;
            }
        }
        int first = Integer.parseInt(octets[0]);
        return first != 0 && first != 127 && first != MAX_OCTET;
    }

    /**
     * IPv6: eight groups of one to four hexadecimal digits, or fewer round one {@code ::}, the last two of which may be
     * an IPv4 address (RFC 4291, 2.2); not the unspecified or the loopback address, nor one without a digit, which is
     * more likely a name in a program.
     */
    static boolean version6(String span) {
        int gap = span.indexOf("::");
        if (gap != span.lastIndexOf("::")
                || span.contains(":::")
                || span.chars().noneMatch(Character::isDigit)) {
            return false;
        }
        if (gap < 0) {
            return groups(span) == GROUPS;
        }
        int before = groups(span.substring(0, gap));
        int after = groups(span.substring(gap + 2));
        boolean shared = before == 0 && (span.equals("::") || span.equals("::1"));
        return before >= 0 && after >= 0 && before + after < GROUPS && before + after >= 2 && !shared;
    }

    /**
     * MAC address: six octets that are not all alike, as in an unset or a broadcast address (IEEE 802-2014, 8.2); with
     * dots, as some routers print it, also a letter, for without one it may be a version.
     */
    static boolean hardware(String span) {
        boolean several = span.chars()
                        .filter(HexFormat::isHexDigit)
                        .map(Character::toUpperCase)
                        .distinct()
                        .count()
                > 1;
        return several && (span.indexOf('.') < 0 || span.chars().anyMatch(Character::isLetter));
    }

    /** How many groups the colon-separated part holds; negative: it is malformed, so that no sum comes out right. */
    private static int groups(String part) {
        if (part.isEmpty()) {
            return 0;
        }
        String[] groups = COLON.split(part, -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            boolean mapped = i == groups.length - 1 && groups[i].indexOf('.') >= 0;
            if (mapped ? !version4(groups[i]) : !hexadecimal(groups[i])) {
                return -GROUPS;
            }
            count += mapped ? 2 : 1;
        }
        return count;
    }

    private static boolean hexadecimal(String group) {
        return !group.isEmpty()
                && group.length() <= MAX_GROUP_DIGITS
                && group.chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
    }
}
