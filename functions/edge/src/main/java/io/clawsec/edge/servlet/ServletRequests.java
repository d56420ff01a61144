package io.clawsec.edge.servlet;

import io.clawsec.call.Refusal;
import io.clawsec.edge.http.BodySource;
import io.clawsec.edge.http.BodySource.RefusedBodyException;
import io.clawsec.edge.http.IncomingRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Servlet requests as {@link IncomingRequest}s: nothing decoded, the body unread. */
final class ServletRequests {

    /** How long a body may take to arrive in all; one silence is bounded by the connector. */
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

    private static final int CHUNK_BYTES = 8192;

    private ServletRequests() {}

    static IncomingRequest read(HttpServletRequest request) {
        return new IncomingRequest(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString(),
                headers(request),
                body(request),
                request.getRemoteAddr());
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .addAll(Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private static BodySource body(HttpServletRequest request) {
        return most -> {
            if (request.getContentLengthLong() > most) {
                throw RefusedBodyException.tooLarge(most);
            }
            try {
                return read(request.getInputStream(), request.getContentLengthLong(), most);
            } catch (IOException e) {
                throw timedOut(e)
                        ? tooSlow()
                        : new RefusedBodyException(Refusal.Code.MALFORMED_REQUEST, "The body broke off.");
            }
        };
    }

    /** Tomcat wraps what the socket threw. */
    private static boolean timedOut(IOException thrown) {
        return thrown instanceof SocketTimeoutException || thrown.getCause() instanceof SocketTimeoutException;
    }

    /** The declared length, negative for none, only says how much room to make at first. */
    private static byte[] read(InputStream in, long declared, int most) throws IOException, RefusedBodyException {
        long deadline = System.nanoTime() + BODY_TIMEOUT.toNanos();
        int room = declared < 0 ? CHUNK_BYTES : (int) Math.min(Math.max(declared, 1), CHUNK_BYTES);
        ByteArrayOutputStream body = new ByteArrayOutputStream(room);
        byte[] chunk = new byte[room];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            if (body.size() + length > most) {
                throw RefusedBodyException.tooLarge(most);
            }
            body.write(chunk, 0, length);
            if (System.nanoTime() - deadline > 0) {
                throw tooSlow();
            }
        }
        return body.toByteArray();
    }

    private static RefusedBodyException tooSlow() {
        return new RefusedBodyException(Refusal.Code.REQUEST_TIMEOUT, "The body took too long to arrive.");
    }
}
