package io.clawsec.edge.http;

import io.clawsec.call.AnswerStream;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.edge.log.LogContext;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.Tracing;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The span of a request that reached a function, from the route to the last byte that leaves.
 *
 * <p>Where the answer streams, it ends with the stream, on whichever thread that is.
 *
 * @param span handed on to the function with the call
 */
record RequestSpan(Span span) {

    private static final int SERVER_ERRORS = 500;

    static RequestSpan begin(Tracing tracing, UUID requestId, Route route, IncomingRequest request) {
        return new RequestSpan(tracing.request(requestId, route.method(), route.path(), request.header("traceparent")));
    }

    /** Answers within the span: what this thread logs meanwhile names it. What is thrown ends it. */
    OutgoingResponse during(UUID requestId, Supplier<OutgoingResponse> answer) {
        LogContext context = LogContext.of(requestId, span);
        try {
            return answer.get();
        } catch (RuntimeException | Error e) {
            span.set(SpanAttribute.HTTP_STATUS, SERVER_ERRORS);
            span.fail(e.getClass().getName());
            span.end();
            throw e;
        } finally {
            context.close();
        }
    }

    /** The response, whose end is the span's. */
    OutgoingResponse answered(Outcome outcome, OutgoingResponse response) {
        if (!span.recording()) {
            return response;
        }
        span.set(SpanAttribute.HTTP_STATUS, response.status());
        if (response.status() >= SERVER_ERRORS && outcome instanceof Refusal refusal) {
            span.fail(refusal.code().wireName());
        }
        AnswerStream.Source stream = response.stream();
        if (stream == null) {
            span.end();
            return response;
        }
        return new OutgoingResponse(
                response.status(), response.headers(), response.body(), sink -> writeTo(stream, sink));
    }

    private void writeTo(AnswerStream.Source stream, AnswerStream.Sink sink) throws IOException {
        try {
            stream.writeTo(sink);
        } catch (IOException | RuntimeException | Error e) {
            span.fail(e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }
}
