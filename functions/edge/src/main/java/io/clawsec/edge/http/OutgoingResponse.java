package io.clawsec.edge.http;

import io.clawsec.call.AnswerStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response as a door sends it. Its headers are made here one by one: no door adds any of its own or echoes one
 * of the request's.
 *
 * @param status the status code
 * @param headers in order; a name may stand twice
 * @param body the whole body; empty when there is none or when it streams
 * @param stream the body's source when it streams; else null
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares responses
public record OutgoingResponse(int status, List<Header> headers, byte[] body, AnswerStream.@Nullable Source stream) {

    /** One header. */
    public record Header(String name, String value) {}

    public OutgoingResponse {
        headers = List.copyOf(headers);
    }

    /** A response without a body. */
    public static OutgoingResponse empty(int status, Header... headers) {
        return new OutgoingResponse(status, List.of(headers), new byte[0], null);
    }

    /** The first value of a header; empty where there is none. */
    public String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** The same response with more headers behind its own. */
    public OutgoingResponse plus(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new OutgoingResponse(status, all, body, stream);
    }
}
