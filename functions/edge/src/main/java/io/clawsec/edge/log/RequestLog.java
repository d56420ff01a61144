package io.clawsec.edge.log;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request that reached a function; of what was asked it tells the route only. */
public final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.clawsec.requests");

    private RequestLog() {}

    /**
     * Tells of one request.
     *
     * @param method of the route, not of the request line
     * @param route the route's path, never the request's
     */
    public static void answered(UUID requestId, String method, String route, int status, Duration took) {
        LOG.atInfo()
                .addKeyValue("request_id", requestId)
                .addKeyValue("method", method)
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("micros", took.toNanos() / 1000)
                .log("answered");
    }
}
