package io.clawsec.edge.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Ends the connection of a request whose body nobody read, unless the body has arrived already. Tomcat would read it to
 * its end, on the request's thread, as slowly as the client likes to send it.
 */
final class UnreadBodyValve extends ValveBase {

    private static final int MOST_DRAINED_BYTES = 64 * 1024;

    /** The request attribute that says whether the body is read to its end; there once the answer is written. */
    private static final String FINISHED = UnreadBodyValve.class.getName() + ".finished";

    UnreadBodyValve() {
        super(true); // a request that waits for its challenge may pass
    }

    /**
     * To be called before an answer is written, for its last byte closes the body: takes what has arrived of it already, and
     * lets the answer say where the connection will end, so that nobody sends another request on it.
     */
    static void settle(HttpServletRequest request, HttpServletResponse response) {
        boolean finished = drained(request);
        request.setAttribute(FINISHED, finished);
        if (!finished) {
            response.setHeader("Connection", "close");
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        Object finished = request.getAttribute(FINISHED);
        boolean waits = finished == null && request.isAsync();
        if (!waits && !Boolean.TRUE.equals(finished)) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Of chunks nothing is taken: they may be malformed, and their request is answered all the same. */
    private static boolean drained(HttpServletRequest request) {
        try {
            ServletInputStream body = request.getInputStream();
            return body.isFinished() || (request.getContentLengthLong() > 0 && drained(body));
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    private static boolean drained(ServletInputStream body) throws IOException {
        byte[] scrap = new byte[0];
        for (int drained = 0; !body.isFinished() && drained < MOST_DRAINED_BYTES; drained += scrap.length) {
            int here = Math.min(body.available(), MOST_DRAINED_BYTES);
            if (here <= 0) {
                break;
            }
            scrap = body.readNBytes(here);
        }
        return body.isFinished();
    }
}
