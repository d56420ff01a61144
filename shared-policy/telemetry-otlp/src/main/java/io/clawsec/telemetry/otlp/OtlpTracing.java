package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tracing over an OpenTelemetry tracer.
 *
 * <p>A request's parent is whatever span this process itself has current, which is none unless the platform's own
 * instrumentation made one (AWS Lambda's handler does); never what a client sends.
 */
final class OtlpTracing implements Tracing {

    private final Tracer tracer;

    OtlpTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Span request(UUID requestId, String method, String route, @Nullable String traceparent) {
        SpanBuilder builder = tracer.spanBuilder(method + " " + route)
                .setParent(Context.current())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(SpanAttribute.REQUEST_ID.key(), requestId.toString())
                .setAttribute(SpanAttribute.HTTP_METHOD.key(), method)
                .setAttribute(SpanAttribute.HTTP_ROUTE.key(), route);
        SpanContext client = Traceparent.read(traceparent);
        if (client.isValid()) {
            builder.addLink(client);
        }
        return new OtlpSpan(tracer, builder.startSpan());
    }
}
