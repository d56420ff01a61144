package io.clawsec.edge.http;

import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.OutgoingResponse.Header;
import io.clawsec.edge.log.RequestLog;
import io.clawsec.telemetry.FailureTrace;
import io.clawsec.telemetry.Tracing;
import io.clawsec.usage.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every door does with a request: finds the route, reads the call, asks the function and renders the outcome. The
 * doors themselves only carry bytes. Safe for use by many threads.
 */
public final class Door {

    private static final System.Logger LOG = System.getLogger(Door.class.getName());
    private static final String REQUEST_ID = "X-Request-Id";

    private final RouteTable routes;
    private final Function<String, Function<Call, Outcome>> functions;
    private final OwnRoutes own;
    private final CallReader reader;
    private final Cors cors;
    private final Supplier<String> policyHash;
    private final Supplier<UUID> ids;
    private final Tracing tracing;

    /**
     * Opens the door.
     *
     * @param functions finds a function by its name in the catalog
     * @param own health and metrics, which every process answers itself
     * @param policyHash the active policy's SHA-256, 64 hex digits
     * @param ids makes request ids
     * @param tracing makes a span of every request that reaches a function
     */
    public Door(
            RouteTable routes,
            Function<String, Function<Call, Outcome>> functions,
            OwnRoutes own,
            ClientAddress clientAddress,
            Cors cors,
            Supplier<String> policyHash,
            Supplier<UUID> ids,
            Tracing tracing) {
        this.routes = routes;
        this.functions = functions;
        this.own = own;
        this.reader = new CallReader(clientAddress);
        this.cors = cors;
        this.policyHash = policyHash;
        this.ids = ids;
        this.tracing = tracing;
    }

    /** Answers one request; never throws. */
    public OutgoingResponse answer(IncomingRequest request) {
        UUID requestId = ids.get();
        return finished(request, requestId, safely(requestId, () -> route(request, requestId)));
    }

    /** Answers one request at the management port, where only health and metrics are. */
    public OutgoingResponse answerManagement(IncomingRequest request) {
        UUID requestId = ids.get();
        return finished(
                request,
                requestId,
                safely(
                        requestId,
                        () -> own.paths().contains(request.rawPath())
                                ? onlyGet(request, requestId, () -> own.answerManagement(request.rawPath(), requestId))
                                : notFound(requestId)));
    }

    /** The response to a request that the transport refused before any route was known. */
    public OutgoingResponse refuse(IncomingRequest request, Refusal refusal) {
        UUID requestId = ids.get();
        return finished(request, requestId, Problem.response(refusal, requestId));
    }

    /** The response in the place of one that could not be sent: of the same request, and so with its id. */
    public OutgoingResponse refuseInstead(IncomingRequest request, OutgoingResponse unsent, Refusal refusal) {
        UUID requestId = UUID.fromString(unsent.header(REQUEST_ID));
        return finished(request, requestId, Problem.response(refusal, requestId));
    }

    /** The response in the place of a stream that broke off before anything of it was sent; tells the log why. */
    public OutgoingResponse refuseBroken(IncomingRequest request, OutgoingResponse unsent, Throwable thrown) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "the stream of request " + unsent.header(REQUEST_ID) + " broke off: " + FailureTrace.of(thrown));
        return refuseInstead(
                request,
                unsent,
                thrown instanceof AuditUnavailableException
                        ? new Refusal(Refusal.Code.AUDIT_UNAVAILABLE, "The audit cannot be reached right now.")
                        : new Refusal(Refusal.Code.INTERNAL_ERROR, "Something broke; the request id finds it."));
    }

    private static OutgoingResponse safely(UUID requestId, Supplier<OutgoingResponse> answer) {
        try {
            return answer.get();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, () -> "request " + requestId + ": " + FailureTrace.of(e));
            return Problem.response(
                    new Refusal(Refusal.Code.INTERNAL_ERROR, "Something broke; the request id finds it."), requestId);
        }
    }

    private OutgoingResponse route(IncomingRequest request, UUID requestId) {
        if (own.paths().contains(request.rawPath())) {
            return Cors.preflight(request)
                    ? cors.answerPreflight(request, Set.of("GET"))
                    : onlyGet(request, requestId, () -> own.answer(request, reader.caller(request), requestId));
        }
        Map<String, Route> atPath = routes.at(request.rawPath());
        if (atPath.isEmpty()) {
            return notFound(requestId);
        }
        if (Cors.preflight(request)) {
            return cors.answerPreflight(request, atPath.keySet());
        }
        Route route = atPath.get(request.method());
        return route == null ? wrongMethod(atPath.keySet(), requestId) : ask(request, route, requestId);
    }

    private OutgoingResponse ask(IncomingRequest request, Route route, UUID requestId) {
        RequestSpan span = RequestSpan.begin(tracing, requestId, route, request);
        return span.during(requestId, () -> {
            long start = System.nanoTime();
            Outcome outcome =
                    functions.apply(route.function()).apply(reader.read(request, route, requestId, span.span()));
            OutgoingResponse response = route.operation() == Operation.ISSUE_TOKEN && outcome instanceof Refusal refusal
                    ? Problem.tokenResponse(refusal, requestId)
                    : render(outcome, requestId);
            RequestLog.answered(
                    requestId,
                    route.method(),
                    route.path(),
                    response.status(),
                    Duration.ofNanos(System.nanoTime() - start));
            return span.answered(outcome, response);
        });
    }

    /** An outcome as a response, without the headers that all responses have. */
    static OutgoingResponse render(Outcome outcome, UUID requestId) {
        OutgoingResponse response = outcome.fold(
                Door::whole,
                stream -> new OutgoingResponse(
                        200, List.of(new Header("Content-Type", stream.mediaType())), new byte[0], stream.source()),
                refusal -> Problem.response(refusal, requestId));
        return response.plus(quota(outcome.quota()));
    }

    private static OutgoingResponse whole(Answer answer) {
        return new OutgoingResponse(
                200, List.of(new Header("Content-Type", answer.mediaType())), answer.content(), null);
    }

    private static List<Header> quota(@Nullable Quota quota) {
        return quota == null
                ? List.of()
                : List.of(
                        new Header("RateLimit-Limit", Long.toString(quota.limit())),
                        new Header("RateLimit-Remaining", Long.toString(quota.remaining())),
                        new Header("RateLimit-Reset", Long.toString(quota.resetSeconds())));
    }

    private OutgoingResponse finished(IncomingRequest request, UUID requestId, OutgoingResponse response) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(REQUEST_ID, requestId.toString()));
        headers.add(new Header("X-Clawsec-Policy", policyHash.get().substring(0, 16)));
        headers.add(new Header("Cache-Control", "no-store"));
        headers.add(new Header("X-Content-Type-Options", "nosniff"));
        headers.addAll(cors.headers(request));
        return response.plus(headers);
    }

    private static OutgoingResponse onlyGet(
            IncomingRequest request, UUID requestId, Supplier<OutgoingResponse> answer) {
        return request.method().equals("GET") ? answer.get() : wrongMethod(Set.of("GET"), requestId);
    }

    private static OutgoingResponse notFound(UUID requestId) {
        return Problem.response(new Refusal(Refusal.Code.NOT_FOUND, "There is nothing at this path."), requestId);
    }

    private static OutgoingResponse wrongMethod(Set<String> allowed, UUID requestId) {
        return Problem.response(
                        new Refusal(Refusal.Code.METHOD_NOT_ALLOWED, "This path does not have that method."), requestId)
                .plus(List.of(new Header("Allow", String.join(", ", new TreeSet<>(allowed)))));
    }
}
