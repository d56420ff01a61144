package io.clawsec.edge.servlet;

import io.clawsec.call.Refusal;
import io.clawsec.edge.http.Door;
import io.clawsec.edge.http.IncomingRequest;
import io.clawsec.edge.http.OutgoingResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * Tells of what Tomcat refuses before any filter runs (malformed paths, over-long headers) in problem details, as
 * everything else is told.
 */
final class ProblemValve extends ErrorReportValve {

    /** An unknown transfer coding and an unknown version of HTTP: the client's mistakes, whatever their numbers say. */
    private static final Set<Integer> NOT_OUR_KIND_OF_HTTP = Set.of(501, 505);

    private final Door door;

    ProblemValve(Door door) {
        this.door = door;
    }

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            FunctionFilter.write(
                    request.getAttribute(FunctionFilter.ANSWER) instanceof OutgoingResponse answer
                            ? answer
                            : refused(request, status),
                    response);
            response.finishResponse();
        } catch (IOException e) {
            // The client has gone; there is nobody to tell.
        }
    }

    private OutgoingResponse refused(Request request, int status) {
        IncomingRequest refused = new IncomingRequest(
                "GET", "", null, Map.of("origin", origins(request)), most -> new byte[0], request.getRemoteAddr());
        return door.refuse(refused, refusal(status));
    }

    private static List<String> origins(Request request) {
        String origin = request.getHeader("Origin");
        return origin == null ? List.of() : List.of(origin);
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case 404 -> new Refusal(Refusal.Code.NOT_FOUND, "There is nothing at this path.");
            case 405 -> new Refusal(Refusal.Code.METHOD_NOT_ALLOWED, "This path does not have that method.");
            case 408 -> new Refusal(Refusal.Code.REQUEST_TIMEOUT, "The request took too long to arrive.");
            case 413 -> new Refusal(Refusal.Code.BODY_TOO_LARGE, "The body is too large.");
            default ->
                status < 500 || NOT_OUR_KIND_OF_HTTP.contains(status)
                        ? new Refusal(Refusal.Code.MALFORMED_REQUEST, "The request is malformed.")
                        : new Refusal(Refusal.Code.INTERNAL_ERROR, "Something broke; the request id finds it.");
        };
    }
}
