package io.clawsec.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code OTEL_RESOURCE_ATTRIBUTES}: {@code key=value} by commas, percent-encoded where a value needs it. */
final class ResourceAttributes {

    private static final int MOST = 32;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

    private ResourceAttributes() {}

    static Map<String, String> read(EnvironmentReader read, EnvironmentVariable variable) {
        List<String> items = read.list(variable);
        if (items.size() > MOST) {
            read.problem(variable, "has more than " + MOST + " attributes");
            return Map.of();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String[] pair = items.get(i).split("=", 2);
            if (pair.length < 2 || !KEY.matcher(pair[0].strip()).matches() || !sound(pair[1])) {
                read.problem(variable, "item " + (i + 1) + ": not key=value");
            } else {
                attributes.put(pair[0].strip(), decoded(pair[1]));
            }
        }
        return attributes;
    }

    private static boolean sound(String value) {
        try {
            String decoded = decoded(value);
            return !decoded.isEmpty()
                    && decoded.length() <= LONGEST_VALUE
                    && decoded.chars().noneMatch(Character::isISOControl);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The form decoder but for its plus sign, which stands for itself here. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
