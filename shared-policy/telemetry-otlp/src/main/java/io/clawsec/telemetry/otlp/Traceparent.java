package io.clawsec.telemetry.otlp;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code traceparent} (W3C Trace Context); {@code tracestate} and baggage, free text, are not read. */
final class Traceparent {

    private static final String NAME = "traceparent";

    /** A carrier of that header alone. */
    private static final TextMapGetter<String> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
            return List.of(NAME);
        }

        @Override
        public @Nullable String get(@Nullable String header, String key) {
            return key.equals(NAME) ? header : null;
        }
    };

    private Traceparent() {}

    /** The span that it names; an invalid one where it names none. */
    static SpanContext read(@Nullable String header) {
        if (header == null) {
            return SpanContext.getInvalid();
        }
        Context context = W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADER);
        return Span.fromContext(context).getSpanContext();
    }
}
