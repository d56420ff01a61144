package io.clawsec.edge.servlet;

import io.clawsec.edge.http.Door;
import io.clawsec.edge.http.IncomingRequest;
import io.clawsec.edge.http.OutgoingResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;

/** The one servlet filter: carries every request to the door and every response back. Nothing stands behind it. */
final class FunctionFilter extends HttpFilter {

    /**
     * The request attribute that keeps the answer: once a body breaks off, Tomcat drops what is written and asks the
     * {@link ProblemValve} for an error, which then says what the audit has already been told.
     */
    static final String ANSWER = FunctionFilter.class.getName() + ".answer";

    private static final long serialVersionUID = 1L;

    private final transient Door door;
    private final int managementPort;
    private final transient ChallengePace pace = new ChallengePace(System::nanoTime);

    /**
     * Makes the filter.
     *
     * @param managementPort the port whose requests reach health and metrics only; -1 for none
     */
    FunctionFilter(Door door, int managementPort) {
        this.door = door;
        this.managementPort = managementPort;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain nothing)
            throws IOException {
        if (request.getAttribute(ANSWER) instanceof OutgoingResponse awaited) {
            answer(awaited, request, response); // it has waited for its turn
            return;
        }
        IncomingRequest incoming = ServletRequests.read(request);
        boolean management = request.getLocalPort() == managementPort;
        OutgoingResponse outgoing = management ? door.answerManagement(incoming) : door.answer(incoming);
        request.setAttribute(ANSWER, outgoing);
        long wait = isChallenge(outgoing) ? pace.nextWaitNanos() : 0;
        if (wait > 0) {
            // It holds no thread of the server's while it waits; whoever wakes it only hands it back to them.
            CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(request.startAsync()::dispatch);
        } else {
            answer(outgoing, request, response);
        }
    }

    private void answer(OutgoingResponse outgoing, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        UnreadBodyValve.settle(request, response);
        if (outgoing.stream() == null) {
            write(outgoing, response);
            return;
        }
        request.removeAttribute(ANSWER); // a stream is written once
        try {
            write(outgoing, response);
        } catch (ClientAbortException e) {
            throw e; // nobody is left to tell
        } catch (IOException | RuntimeException | Error e) {
            breakOff(outgoing, e, request, response);
        }
    }

    /** Nobody may take what has left for the whole: the connection ends without the stream's last chunk. */
    private void breakOff(
            OutgoingResponse outgoing, Throwable thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OutgoingResponse refusal = door.refuseBroken(ServletRequests.read(request), outgoing, thrown);
        if (response.isCommitted()) {
            throw new CloseNowException();
        }
        response.reset();
        write(refusal, response);
    }

    private static boolean isChallenge(OutgoingResponse outgoing) {
        return outgoing.headers().stream().anyMatch(header -> header.name().equals("WWW-Authenticate"));
    }

    /** Sends a response as it is; the container adds Date, Connection and the length only. */
    static void write(OutgoingResponse outgoing, HttpServletResponse response) throws IOException {
        response.setStatus(outgoing.status());
        for (OutgoingResponse.Header header : outgoing.headers()) {
            response.addHeader(header.name(), header.value());
        }
        if (outgoing.stream() == null) {
            response.setContentLength(outgoing.body().length);
            response.getOutputStream().write(outgoing.body());
            return;
        }
        OutputStream out = response.getOutputStream();
        outgoing.stream().writeTo(piece -> {
            out.write(piece);
            out.flush();
        });
    }
}
