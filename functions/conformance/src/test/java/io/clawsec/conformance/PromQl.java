package io.clawsec.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a PromQL expression: its metrics, the labels it matches and the labels it groups by.
 *
 * <p>A scanner, not a parser: an identifier is a function where a parenthesis follows, a keyword where it is in the
 * list, and else a metric. Whether the expression is well-formed is for promtool to say.
 */
record PromQl(Set<String> metrics, List<Matcher> matchers, Set<String> grouping) {

    /** A matcher such as {@code event_type=~"a|b"} and the metric that it stands behind. */
    record Matcher(String metric, String label, String value) {}

    private static final Set<String> AGGREGATIONS = Set.of(
            "sum",
            "min",
            "max",
            "avg",
            "count",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "quantile",
            "count_values");
    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "atan2", "inf", "nan");

    static PromQl of(String expression) {
        return new Scanner(expression).scan();
    }

    private static final class Scanner {
        private final String text;
        private int at;
        private final PromQl found = new PromQl(new TreeSet<>(), new ArrayList<>(), new TreeSet<>());
        private String metric = "";

        Scanner(String text) {
            this.text = text;
        }

        PromQl scan() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '"' || c == '\'' || c == '`') {
                    string();
                } else if (c == '[') {
                    at = text.indexOf(']', at) + 1;
                } else if (c == '{') {
                    matchers();
                } else if (c == '$' || Character.isDigit(c)) {
                    at++; // a dashboard's variable, a number or a duration: no name
                    word();
                } else if (isWord(c)) {
                    name(word());
                } else {
                    at++;
                }
            }
            return found;
        }

        private void name(String word) {
            char next = next();
            if (GROUPINGS.contains(word)) {
                if (next == '(') {
                    int end = text.indexOf(')', at);
                    for (String label :
                            text.substring(text.indexOf('(', at) + 1, end).split(",")) {
                        if (!label.isBlank()) {
                            found.grouping.add(label.strip());
                        }
                    }
                    at = end + 1;
                }
            } else if (next != '(' && !AGGREGATIONS.contains(word) && !WORDS.contains(word)) {
                metric = word;
                found.metrics.add(word);
            }
        }

        private void matchers() {
            at++;
            while (next() != '}') {
                skipBlanks();
                String label = word();
                while ("=!~ ".indexOf(text.charAt(at)) >= 0) {
                    at++;
                }
                found.matchers.add(new Matcher(metric, label, string()));
                if (next() == ',') {
                    skipBlanks();
                    at++;
                }
            }
            skipBlanks();
            at++;
        }

        private String string() {
            char quote = text.charAt(at);
            int start = ++at;
            while (text.charAt(at) != quote) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return text.substring(start, at++);
        }

        private String word() {
            int start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        /** The next character that is not blank; a NUL at the end. */
        private char next() {
            int i = at;
            while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            return i < text.length() ? text.charAt(i) : '\0';
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isWord(char c) {
            return c == '_' || c == ':' || c == '.' || (c < 128 && Character.isLetterOrDigit(c));
        }
    }
}
