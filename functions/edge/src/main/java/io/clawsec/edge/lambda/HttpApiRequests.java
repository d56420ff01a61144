package io.clawsec.edge.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.BodySource;
import io.clawsec.edge.http.BodySource.RefusedBodyException;
import io.clawsec.edge.http.IncomingRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as {@link IncomingRequest}s: the body undecoded until somebody wants it.
 *
 * <p>An HTTP API decodes the path before the event is made, so an event's {@code rawPath} is not raw and nothing tells
 * what it was; it does not decode the query string. It lower-cases header names and joins the lines of a repeated header
 * with commas.
 */
final class HttpApiRequests {

    /** The version of the payload format that is read here. */
    private static final String FORMAT = "2.0";

    /** The stage that is not part of the path. */
    private static final String DEFAULT_STAGE = "$default";

    private HttpApiRequests() {}

    /** What was sent is no event of an HTTP API in this format. */
    static final class ForeignEventException extends Exception {

        private static final long serialVersionUID = 1L;

        ForeignEventException(String what) {
            super(what, null, false, false);
        }
    }

    static IncomingRequest read(@Nullable APIGatewayV2HTTPEvent event) throws ForeignEventException {
        if (event == null || !FORMAT.equals(event.getVersion())) {
            throw new ForeignEventException("not format " + FORMAT);
        }
        RequestContext context = required(event.getRequestContext(), "requestContext");
        RequestContext.Http http = required(context.getHttp(), "requestContext.http");
        return new IncomingRequest(
                required(http.getMethod(), "requestContext.http.method"),
                path(required(event.getRawPath(), "rawPath"), context.getStage()),
                event.getRawQueryString(),
                headers(event.getHeaders(), event.getCookies()),
                body(event.getBody(), event.getIsBase64Encoded()),
                http.getSourceIp());
    }

    private static <T> T required(@Nullable T value, String name) throws ForeignEventException {
        if (value == null) {
            throw new ForeignEventException("no " + name);
        }
        return value;
    }

    /** The path within the API: a named stage stands before it at the API's own address. */
    private static String path(String rawPath, @Nullable String stage) {
        String prefix = "/" + stage;
        boolean below = stage != null && !stage.equals(DEFAULT_STAGE) && rawPath.startsWith(prefix + "/");
        return below ? rawPath.substring(prefix.length()) : rawPath;
    }

    private static Map<String, List<String>> headers(
            @Nullable Map<String, String> joined, @Nullable List<String> cookies) {
        Map<String, List<String>> headers = new HashMap<>();
        if (joined != null) {
            joined.forEach(
                    (name, value) -> headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                            .add(value));
        }
        if (cookies != null && !cookies.isEmpty()) {
            headers.put("cookie", List.of(String.join("; ", cookies)));
        }
        return headers;
    }

    private static BodySource body(@Nullable String body, boolean base64) {
        return most -> {
            if (body == null) {
                return new byte[0];
            }
            return base64 ? decoded(body, most) : encoded(body, most);
        };
    }

    private static byte[] encoded(String body, int most) throws RefusedBodyException {
        if (body.length() > most) { // every character is a byte at least
            throw RefusedBodyException.tooLarge(most);
        }
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw malformed();
        }
        if (bytes.remaining() > most) {
            throw RefusedBodyException.tooLarge(most);
        }
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }

    private static byte[] decoded(String body, int most) throws RefusedBodyException {
        int padding = body.endsWith("==") ? 2 : body.endsWith("=") ? 1 : 0;
        if ((body.length() - padding) * 3L / 4 > most) {
            throw RefusedBodyException.tooLarge(most);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static RefusedBodyException malformed() {
        return new RefusedBodyException(Refusal.Code.MALFORMED_REQUEST, "The body broke off.");
    }
}
