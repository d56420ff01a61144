package io.clawsec.edge.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.Door;
import io.clawsec.edge.http.IncomingRequest;
import io.clawsec.edge.http.OutgoingResponse;
import io.clawsec.edge.lambda.HttpApiRequests.ForeignEventException;
import io.clawsec.edge.lambda.HttpApiResponses.AnswerTooLargeException;
import io.clawsec.telemetry.FailureTrace;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries every request of an API Gateway HTTP API (payload format 2.0) to the door and every response back. Whatever
 * happens is a response: an invocation error would show the caller a bare 500, and the log a stack with messages.
 */
public final class HttpApiFunction implements Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    /** Longest body of a response, in bytes: with its escapes and headers it has to fit into Lambda's 6 MB. */
    static final int MOST_ANSWER_BYTES = 4 << 20;

    /** What is told in the place of a longer answer. */
    static final Refusal TOO_LARGE = new Refusal(
            Refusal.Code.ANSWER_TOO_LARGE,
            "The answer is longer than this door can carry, which is 4 MB; ask for less by a limit or by narrower filters.");

    private static final String REQUEST_ID = "X-Request-Id";

    private static final System.Logger LOG = System.getLogger(HttpApiFunction.class.getName());

    /** Stands for a request that nobody could read. */
    private static final IncomingRequest UNREADABLE =
            new IncomingRequest("GET", "", null, Map.of(), most -> new byte[0], null);

    private final Door door;

    public HttpApiFunction(Door door) {
        this.door = door;
    }

    /** Answers one event; throws nothing but an {@link OutOfMemoryError}. */
    @Override
    public APIGatewayV2HTTPResponse apply(@Nullable APIGatewayV2HTTPEvent event) {
        IncomingRequest request = UNREADABLE;
        @Nullable OutgoingResponse answer = null;
        try {
            request = HttpApiRequests.read(event);
            answer = door.answer(request);
            return HttpApiResponses.of(request, answer);
        } catch (ForeignEventException e) {
            return refuse(request, new Refusal(Refusal.Code.MALFORMED_REQUEST, "The request is malformed."));
        } catch (AnswerTooLargeException e) {
            return answer == null ? broken(request, e) : whole(request, door.refuseInstead(request, answer, TOO_LARGE));
        } catch (OutOfMemoryError e) {
            throw e; // the runtime then ends the process, which is the only cure
        } catch (Throwable e) {
            // The audit knows what broke off by the id of its request.
            return answer == null ? broken(request, e) : whole(request, door.refuseBroken(request, answer, e));
        }
    }

    private static APIGatewayV2HTTPResponse whole(IncomingRequest request, OutgoingResponse response) {
        return HttpApiResponses.whole(request, response, response.body());
    }

    private APIGatewayV2HTTPResponse broken(IncomingRequest request, Throwable thrown) {
        OutgoingResponse refusal = door.refuse(
                request, new Refusal(Refusal.Code.INTERNAL_ERROR, "Something broke; the request id finds it."));
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "request " + refusal.header(REQUEST_ID) + ": " + FailureTrace.of(thrown));
        return whole(request, refusal);
    }

    /** The response to what was no event at all. */
    APIGatewayV2HTTPResponse refuse(Refusal refusal) {
        return refuse(UNREADABLE, refusal);
    }

    private APIGatewayV2HTTPResponse refuse(IncomingRequest request, Refusal refusal) {
        return whole(request, door.refuse(request, refusal));
    }
}
