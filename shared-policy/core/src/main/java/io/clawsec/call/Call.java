package io.clawsec.call;

import io.clawsec.identity.BearerToken;
import io.clawsec.telemetry.Span;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request, the same whichever door it came through.
 *
 * @param requestId made by the edge; in the response, the audit and the trace
 * @param operation what is asked for
 * @param token the bearer token; null when there was no Bearer {@code Authorization} header
 * @param parameters the decoded query string: every value of every key, in order
 * @param body reads the body when first asked: nothing is read for a caller that is turned away before
 * @param caller where it came from
 * @param span the request's; whoever does a part of the work begins a child of it
 */
public record Call(
        UUID requestId,
        Operation operation,
        @Nullable BearerToken token,
        Map<String, List<String>> parameters,
        Supplier<Body> body,
        Caller caller,
        Span span) {

    /** A call that is not traced. */
    public Call(
            UUID requestId,
            Operation operation,
            @Nullable BearerToken token,
            Map<String, List<String>> parameters,
            Supplier<Body> body,
            Caller caller) {
        this(requestId, operation, token, parameters, body, caller, Span.NONE);
    }

    /** Shows what was asked only. */
    @Override
    public String toString() {
        return "Call[" + operation + ", " + requestId + "]";
    }
}
