package io.clawsec.edge.http;

import static io.clawsec.access.Permission.METRICS_READ;

import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.edge.http.OutgoingResponse.Header;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes that every process answers itself: how it is, whether it is ready, what it measured. */
public final class OwnRoutes {

    private static final String HEALTH = "/health";
    private static final String READY = "/health/ready";
    private static final String METRICS = "/metrics";
    private static final Set<String> PATHS = Set.of(HEALTH, READY, METRICS);

    private final Supplier<JsonObject> health;
    private final Readiness readiness;
    private final MetricsPage metrics;
    private final Supplier<Envelope> envelope;

    /** What {@code /metrics} shows. */
    public interface MetricsPage {
        /** The page in Prometheus' text format. */
        byte[] scrape();

        /** Its media type. */
        String mediaType();
    }

    /**
     * Makes the routes.
     *
     * @param health the body of {@code /health}
     * @param envelope asked when {@code /metrics} is read on the API port, where it needs a permission
     */
    public OwnRoutes(
            Supplier<JsonObject> health, Readiness readiness, MetricsPage metrics, Supplier<Envelope> envelope) {
        this.health = health;
        this.readiness = readiness;
        this.metrics = metrics;
        this.envelope = envelope;
    }

    Set<String> paths() {
        return PATHS;
    }

    OutgoingResponse answerManagement(String path, UUID requestId) {
        return path.equals(METRICS)
                ? Door.render(new Answer(metrics.scrape(), metrics.mediaType(), null), requestId)
                : probe(path);
    }

    OutgoingResponse answer(IncomingRequest request, Caller caller, UUID requestId) {
        return request.rawPath().equals(METRICS)
                ? Door.render(metricsFor(request, caller, requestId), requestId)
                : probe(request.rawPath());
    }

    private Outcome metricsFor(IncomingRequest request, Caller caller, UUID requestId) {
        Call call =
                new Call(requestId, Operation.READ_METRICS, CallReader.bearer(request), Map.of(), Body::none, caller);
        return envelope.get()
                .answer(
                        call,
                        Set.of(METRICS_READ),
                        principal ->
                                new Conclusion(new Answer(metrics.scrape(), metrics.mediaType(), null), List.of()));
    }

    private OutgoingResponse probe(String path) {
        if (path.equals(HEALTH)) {
            return json(200, health.get());
        }
        Map<String, String> checks = readiness.check();
        boolean ready = checks.values().stream().allMatch(Readiness.OK::equals);
        return json(
                ready ? 200 : 503,
                new JsonObject().with("status", ready ? "ready" : "unavailable").with("checks", checks));
    }

    private static OutgoingResponse json(int status, JsonObject body) {
        return new OutgoingResponse(status, List.of(new Header("Content-Type", Answer.JSON)), Json.write(body), null);
    }
}
