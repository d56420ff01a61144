package io.clawsec.edge.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.clawsec.call.Refusal;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * What Spring Cloud Function's adapter invokes: an event's bytes in, a response's bytes out.
 *
 * <p>A function of bytes, because the adapter leaves those alone. Of a function of events it logs every event, and copies
 * the client's headers over its own: one named {@code aws-api-gateway} is then an invocation error.
 */
final class HttpApiStream implements Function<InputStream, byte[]> {

    /** Longest event, in bytes; Lambda itself takes 6 MB. */
    static final int MOST_EVENT_BYTES = 8 << 20;

    /** Longest response, in bytes: what Lambda takes. */
    static final int MOST_RESPONSE_BYTES = 6 << 20;

    private final HttpApiFunction function;
    private final Runnable beforeTheFreeze;

    /**
     * Makes the function.
     *
     * @param beforeTheFreeze run at the end of every invocation: behind it the process may stand still, for good
     */
    HttpApiStream(HttpApiFunction function, Runnable beforeTheFreeze) {
        this.function = function;
        this.beforeTheFreeze = beforeTheFreeze;
    }

    @Override
    public byte[] apply(InputStream event) {
        try {
            return response(event);
        } finally {
            beforeTheFreeze.run();
        }
    }

    private byte[] response(InputStream event) {
        byte[] response = HttpApiJson.write(answer(event));
        return response.length <= MOST_RESPONSE_BYTES
                ? response
                : HttpApiJson.write(function.refuse(HttpApiFunction.TOO_LARGE));
    }

    private APIGatewayV2HTTPResponse answer(InputStream event) {
        try {
            byte[] bytes = event.readNBytes(MOST_EVENT_BYTES + 1);
            return bytes.length > MOST_EVENT_BYTES
                    ? function.refuse(new Refusal(Refusal.Code.BODY_TOO_LARGE, "The request is too large."))
                    : function.apply(HttpApiJson.read(bytes));
        } catch (MalformedJsonException | IOException e) {
            return function.refuse(new Refusal(Refusal.Code.MALFORMED_REQUEST, "The request is malformed."));
        }
    }
}
