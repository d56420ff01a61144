package io.clawsec.edge.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as a door hands it over, whichever door that is.
 *
 * @param method upper-case
 * @param rawPath as it stood in the request line: nothing decoded, nothing normalised
 * @param rawQuery likewise; null when there was none
 * @param headers every value by lower-case name; of those that should stand once, what commas joined is apart again
 * @param body reads the body when somebody wants it
 * @param peerAddress the IP address at the other end of the connection
 */
public record IncomingRequest(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        Map<String, List<String>> headers,
        BodySource body,
        @Nullable String peerAddress) {

    public IncomingRequest {
        headers = JoinedHeaders.apart(headers);
    }

    /** The first value of a header; null where there is none. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** Shows method only: a path or a header may hold what nobody should log. */
    @Override
    public String toString() {
        return "IncomingRequest[" + method + "]";
    }
}
