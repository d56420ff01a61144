package io.clawsec.edge.http;

import io.clawsec.edge.http.OutgoingResponse.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin requests (Fetch standard): no origin is allowed unless it is listed. Credentials are never allowed, since
 * tokens travel in a header that scripts set themselves.
 */
public final class Cors {

    private static final String MAX_AGE_SECONDS = "600";
    private static final String REQUEST_HEADERS = "Authorization, Content-Type";
    private static final String EXPOSED =
            "X-Request-Id, X-Clawsec-Policy, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";

    private final Supplier<Set<String>> allowedOrigins;

    public Cors(Set<String> allowedOrigins) {
        this(() -> allowedOrigins);
    }

    /**
     * Makes rules that may change.
     *
     * @param allowedOrigins asked at every request
     */
    public Cors(Supplier<Set<String>> allowedOrigins) {
        this.allowedOrigins = allowedOrigins;
    }

    /** Whether scripts of the origin may call; never for null. */
    public boolean allows(@Nullable String origin) {
        return origin != null && allows(allowedOrigins.get(), origin);
    }

    private static boolean allows(Set<String> allowed, String origin) {
        return allowed.contains(origin) || allowed.contains("*");
    }

    /** Whether a request asks what may be asked, rather than anything itself. */
    static boolean preflight(IncomingRequest request) {
        return request.method().equals("OPTIONS")
                && request.header("origin") != null
                && request.header("access-control-request-method") != null;
    }

    /** The answer to a preflight for a path with these methods. */
    OutgoingResponse answerPreflight(IncomingRequest request, Set<String> methods) {
        OutgoingResponse response = OutgoingResponse.empty(204);
        if (!allows(request.header("origin"))) {
            return response;
        }
        return response.plus(List.of(
                new Header("Access-Control-Allow-Methods", String.join(", ", methods)),
                new Header("Access-Control-Allow-Headers", REQUEST_HEADERS),
                new Header("Access-Control-Max-Age", MAX_AGE_SECONDS)));
    }

    /** What every response says to the origin of its request. */
    List<Header> headers(IncomingRequest request) {
        List<Header> headers = new ArrayList<>();
        Set<String> allowed = allowedOrigins.get();
        if (!allowed.isEmpty()) {
            headers.add(new Header("Vary", "Origin"));
        }
        String origin = request.header("origin");
        if (origin != null && allows(allowed, origin)) {
            headers.add(new Header("Access-Control-Allow-Origin", allowed.contains("*") ? "*" : origin));
            headers.add(new Header("Access-Control-Expose-Headers", EXPOSED));
        }
        return headers;
    }
}
