package io.clawsec.edge.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
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

    UnreadBodyValve() {
        super(true); // a request that waits for its challenge may pass
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!drained(request)) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Takes what has arrived already. A body that is broken off or malformed never ends, and its request is answered. */
    private static boolean drained(Request request) {
        try {
            return drained(request.getInputStream());
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
