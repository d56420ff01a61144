package io.clawsec.edge.http;

import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.BodySource.RefusedBodyException;
import io.clawsec.identity.BearerToken;
import io.clawsec.telemetry.Span;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Call} out of an HTTP request. */
final class CallReader {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final ClientAddress clientAddress;

    CallReader(ClientAddress clientAddress) {
        this.clientAddress = clientAddress;
    }

    /**
     * Reads the call, all but its body. A query string that nobody can read travels as an unacceptable body, for who is
     * calling is decided first.
     */
    Call read(IncomingRequest request, Route route, UUID requestId, Span span) {
        Map<String, List<String>> parameters = Map.of();
        Supplier<Body> body = new ReadOnce(() -> body(request, route));
        try {
            parameters = QueryString.parse(request.rawQuery());
        } catch (IllegalArgumentException e) {
            Refusal malformed = new Refusal(Refusal.Code.MALFORMED_REQUEST, "The query string is malformed.");
            body = () -> new Body.Unacceptable(malformed);
        }
        return new Call(requestId, route.operation(), bearer(request), parameters, body, caller(request), span);
    }

    Caller caller(IncomingRequest request) {
        return new Caller(clientAddress.of(request), request.header("host"), request.header("origin"));
    }

    /**
     * The bearer token (RFC 6750); null when there is no Bearer header. Two {@code Authorization} headers are one token
     * that no verifier believes: which of them another server would have taken is anybody's guess.
     */
    static @Nullable BearerToken bearer(IncomingRequest request) {
        List<String> values = request.headers().getOrDefault("authorization", List.of());
        if (values.stream().noneMatch(CallReader::isBearer)) {
            return null;
        }
        return new BearerToken(
                values.size() == 1 ? values.get(0).substring("Bearer".length()).strip() : "");
    }

    private static boolean isBearer(String value) {
        String scheme = value.length() < 6 ? "" : value.substring(0, 6);
        return scheme.equalsIgnoreCase("Bearer") && (value.length() == 6 || value.charAt(6) == ' ');
    }

    /** A body that is read when somebody first asks for it; confined to the request's thread. */
    private static final class ReadOnce implements Supplier<Body> {

        private final Supplier<Body> reader;
        private @Nullable Body body;

        ReadOnce(Supplier<Body> reader) {
            this.reader = reader;
        }

        @Override
        public Body get() {
            Body read = body == null ? reader.get() : body;
            body = read;
            return read;
        }
    }

    private static Body body(IncomingRequest request, Route route) {
        if (route.body() == Route.BodyKind.NONE) {
            return Body.none();
        }
        Optional<Refusal> wrongType = wrongType(request, route.body());
        if (wrongType.isPresent()) {
            return new Body.Unacceptable(wrongType.get());
        }
        try {
            byte[] bytes = request.body().read(Route.MAX_BODY_BYTES);
            boolean form = FORM.equals(mediaType(request));
            return form && !beginsWithBrace(bytes)
                    ? new Body.Unacceptable(unsupported("Send JSON with Content-Type: application/json."))
                    : new Body.Json(bytes);
        } catch (RefusedBodyException e) {
            return new Body.Unacceptable(e.refusal());
        }
    }

    private static Optional<Refusal> wrongType(IncomingRequest request, Route.BodyKind kind) {
        List<String> encodings = request.headers().getOrDefault("content-encoding", List.of());
        if (!encodings.isEmpty() && !(encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("identity"))) {
            return Optional.of(unsupported("Send the body without a content encoding."));
        }
        List<String> types = request.headers().getOrDefault("content-type", List.of());
        boolean lenient = kind == Route.BodyKind.JSON_BY_DEFAULT;
        if (types.isEmpty() && lenient) {
            return Optional.empty();
        }
        String type = mediaType(request);
        boolean acceptable =
                types.size() == 1 && (type.equals(JSON) && utf8(types.get(0)) || lenient && type.equals(FORM));
        return acceptable
                ? Optional.empty()
                : Optional.of(unsupported("Send JSON in UTF-8 with Content-Type: application/json."));
    }

    private static String mediaType(IncomingRequest request) {
        String type = request.header("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean utf8(String contentType) {
        for (String parameter : contentType.toLowerCase(Locale.ROOT).split(";", -1)) {
            String trimmed = parameter.strip();
            if (trimmed.startsWith("charset=")
                    && !trimmed.equals("charset=utf-8")
                    && !trimmed.equals("charset=\"utf-8\"")) {
                return false;
            }
        }
        return true;
    }

    private static boolean beginsWithBrace(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }

    private static Refusal unsupported(String detail) {
        return new Refusal(Refusal.Code.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
