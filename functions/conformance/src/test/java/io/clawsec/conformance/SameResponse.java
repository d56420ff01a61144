package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the contract compares of a response: its status, its headers but four, its body to the byte. What differs from
 * request to request is covered by name, and by nothing but its name.
 */
final class SameResponse {

    private static final Set<String> OF_THE_TRANSPORT =
            Set.of("date", "connection", "content-length", "transfer-encoding");
    private static final String COVERED = "…";

    private SameResponse() {}

    /**
     * The response as a text that is the same wherever the response is.
     *
     * @param varying fields of the body, by their names, that differ from request to request
     */
    static String of(Reply reply, Set<String> varying) {
        return head(reply) + "\n" + body(reply, varying);
    }

    /** Status and headers. */
    static String head(Reply reply) {
        Map<String, String> headers = new TreeMap<>();
        for (Reply.Header header : reply.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!OF_THE_TRANSPORT.contains(name)) {
                headers.merge(name, header(reply, name, header.value()), (before, more) -> before + ", " + more);
            }
        }
        StringBuilder head = new StringBuilder("status " + reply.status() + "\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append('\n'));
        return head.toString();
    }

    private static String header(Reply reply, String lowerCaseName, String value) {
        return switch (lowerCaseName) {
            case "x-request-id" -> COVERED;
            case "ratelimit-reset" -> value.matches("[1-9][0-9]{0,3}") ? "seconds of an hour" : value;
            case "retry-after" -> value.equals(reply.header("RateLimit-Reset")) ? "as RateLimit-Reset" : value;
            default -> value;
        };
    }

    private static String body(Reply reply, Set<String> varying) {
        String text = reply.text();
        assertThat(text.getBytes(StandardCharsets.UTF_8)).as("a body in UTF-8").isEqualTo(reply.body());
        if (reply.header("Content-Type").matches("application/(problem\\+)?json") && !text.isEmpty()) {
            assertThat(reply.json()).isNotEmpty();
        }
        String covered = text.replace(
                "\"request_id\":\"" + reply.header("X-Request-Id") + "\"", "\"request_id\":\"of this response\"");
        for (String field : varying) {
            covered = covered.replaceAll("\"" + field + "\":(\"[^\"]*\"|[0-9]+)", "\"" + field + "\":" + COVERED);
        }
        return covered;
    }
}
