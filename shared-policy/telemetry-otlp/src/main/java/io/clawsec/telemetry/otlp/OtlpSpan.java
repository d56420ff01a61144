package io.clawsec.telemetry.otlp;

import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.SpanName;
import io.clawsec.telemetry.TraceIds;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;

/** One of OpenTelemetry's spans. Its parent is handed on in it, so any thread may go on with it. */
final class OtlpSpan implements Span {

    /** The convention's word for a failure of no known kind. */
    private static final String OTHER = "_OTHER";

    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;

    OtlpSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    @Override
    public boolean recording() {
        return span.isRecording();
    }

    @Override
    public Span child(SpanName name) {
        return new OtlpSpan(
                tracer,
                tracer.spanBuilder(name.text())
                        .setParent(Context.root().with(span))
                        .setSpanKind(name.kind() == SpanName.Kind.CLIENT ? SpanKind.CLIENT : SpanKind.INTERNAL)
                        .startSpan());
    }

    @Override
    public void set(SpanAttribute attribute, String value) {
        if (SpanAttribute.admits(value)) {
            span.setAttribute(attribute.key(), value);
        }
    }

    @Override
    public void set(SpanAttribute attribute, List<String> values) {
        List<String> admitted = values.stream()
                .filter(SpanAttribute::admits)
                .limit(SpanAttribute.MOST_VALUES)
                .toList();
        span.setAttribute(AttributeKey.stringArrayKey(attribute.key()), admitted);
    }

    @Override
    public void set(SpanAttribute attribute, long value) {
        span.setAttribute(attribute.key(), value);
    }

    @Override
    public void set(SpanAttribute attribute, double value) {
        span.setAttribute(attribute.key(), value);
    }

    @Override
    public void set(SpanAttribute attribute, boolean value) {
        span.setAttribute(attribute.key(), value);
    }

    @Override
    public void fail(String type) {
        String known = SpanAttribute.admits(type) ? type : OTHER;
        span.setAttribute(SpanAttribute.ERROR_TYPE.key(), known);
        span.setStatus(StatusCode.ERROR, known);
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public TraceIds ids() {
        SpanContext context = span.getSpanContext();
        return new TraceIds(context.getTraceId(), context.getSpanId());
    }
}
