package io.clawsec.edge.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Headers that stand once in a sound request and whose repetition matters here. A gateway joins the lines of a repeated
 * header with commas (RFC 9110, 5.3), and nobody can tell afterwards; so lines are joined here whatever they came
 * through, and taken apart at the commas. None of these headers has a comma of its own outside quotes.
 */
final class JoinedHeaders {

    private static final Set<String> ONCE = Set.of("authorization", "content-type", "origin");

    private JoinedHeaders() {}

    /** All headers, these ones one value each for what commas outside quotes join. */
    static Map<String, List<String>> apart(Map<String, List<String>> headers) {
        Map<String, List<String>> apart = headers;
        for (String name : ONCE) {
            List<String> lines = headers.getOrDefault(name, List.of());
            if (lines.stream().anyMatch(line -> line.indexOf(',') >= 0) || lines.size() > 1) {
                apart = apart == headers ? new HashMap<>(headers) : apart;
                apart.put(name, apart(String.join(",", lines)));
            }
        }
        return apart;
    }

    private static List<String> apart(String joined) {
        List<String> values = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            if (quoted && c == '\\') {
                i++; // whatever it is, it ends neither the quotes nor the value
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(joined.substring(from, i).strip());
                from = i + 1;
            }
        }
        values.add(joined.substring(from).strip());
        return values;
    }
}
