package io.clawsec.telemetry;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where requests become spans. A port: whoever exports traces implements it. Never throws; safe for many threads. */
@FunctionalInterface
public interface Tracing {

    /** Traces nothing, at no cost. */
    Tracing NONE = (requestId, method, route, traceparent) -> Span.NONE;

    /**
     * Begins the span of a request, the first of a trace of its own.
     *
     * @param requestId as the response and the audit have it
     * @param method of the route, not of the request line
     * @param route the route's path, never the request's
     * @param traceparent what the client says of its own trace (W3C Trace Context), believed in nothing: the span points
     *     to that trace and does not join it; null where it says nothing
     */
    Span request(UUID requestId, String method, String route, @Nullable String traceparent);
}
