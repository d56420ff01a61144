package io.clawsec.edge.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.clawsec.call.AnswerStream;
import io.clawsec.edge.http.IncomingRequest;
import io.clawsec.edge.http.OutgoingResponse;
import io.clawsec.edge.http.OutgoingResponse.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link OutgoingResponse}s as responses of an API Gateway HTTP API (payload format 2.0), streams in one piece. */
final class HttpApiResponses {

    private HttpApiResponses() {}

    /** The answer is longer than {@link HttpApiFunction#MOST_ANSWER_BYTES}. */
    static final class AnswerTooLargeException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * The response to a request.
     *
     * @throws AnswerTooLargeException when it would be longer than a response may be; no more than that is ever held
     * @throws IOException when a stream breaks off
     */
    static APIGatewayV2HTTPResponse of(IncomingRequest request, OutgoingResponse response) throws IOException {
        AnswerStream.Source stream = response.stream();
        byte[] body = stream == null ? response.body() : collected(stream);
        if (body.length > HttpApiFunction.MOST_ANSWER_BYTES) {
            throw new AnswerTooLargeException();
        }
        return whole(request, response, body);
    }

    private static byte[] collected(AnswerStream.Source stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        stream.writeTo(piece -> {
            if (body.size() + piece.length > HttpApiFunction.MOST_ANSWER_BYTES) {
                throw new AnswerTooLargeException();
            }
            body.write(piece, 0, piece.length);
        });
        return body.toByteArray();
    }

    /** The response with this body; none where the request was HEAD. */
    static APIGatewayV2HTTPResponse whole(IncomingRequest request, OutgoingResponse response, byte[] content) {
        byte[] body = request.method().equals("HEAD") ? new byte[0] : content;
        String text = text(body);
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.status())
                .withHeaders(joined(response.headers()))
                .withCookies(cookies(response.headers()))
                .withBody(text == null ? Base64.getEncoder().encodeToString(body) : text)
                .withIsBase64Encoded(text == null)
                .build();
    }

    /** Format 2.0 knows one value a header: a repeated one is a list with commas (RFC 9110, 5.3). */
    private static Map<String, String> joined(List<Header> headers) {
        Map<String, String> sameName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Map<String, String> joined = new LinkedHashMap<>();
        for (Header header : headers) {
            if (!isCookie(header)) {
                String name = sameName.computeIfAbsent(header.name(), first -> first);
                joined.merge(name, header.value(), (before, more) -> before + ", " + more);
            }
        }
        return joined;
    }

    /** Cookies are the one header that no comma may join; the format has a place of their own for them. */
    private static List<String> cookies(List<Header> headers) {
        List<String> cookies = new ArrayList<>();
        for (Header header : headers) {
            if (isCookie(header)) {
                cookies.add(header.value());
            }
        }
        return cookies;
    }

    private static boolean isCookie(Header header) {
        return header.name().equalsIgnoreCase("Set-Cookie");
    }

    /** The bytes as text; null where they are not UTF-8. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
