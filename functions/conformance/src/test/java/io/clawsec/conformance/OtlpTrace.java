package io.clawsec.conformance;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The spans of one request as a receiver got them.
 *
 * @param root the request's own
 * @param children of the root, in the order in which they began
 */
record OtlpTrace(Span root, List<Span> children) {

    /** The trace of a request; empty until its own span, which ends last, is there. */
    static Optional<OtlpTrace> of(List<Span> spans, String requestId) {
        return spans.stream()
                .filter(span -> requestId.equals(attributes(span).get("request.id")))
                .findFirst()
                .map(root -> new OtlpTrace(
                        root,
                        spans.stream()
                                .filter(span -> span.getTraceId().equals(root.getTraceId())
                                        && !span.getSpanId().equals(root.getSpanId()))
                                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                                .toList()));
    }

    /** The names of the children; fails where one of them is a child of another span. */
    List<String> names() {
        for (Span child : children) {
            if (!child.getParentSpanId().equals(root.getSpanId())) {
                throw new AssertionError(child.getName() + " is no child of the request's span");
            }
        }
        return children.stream().map(Span::getName).toList();
    }

    Span child(String name) {
        return children.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + names()));
    }

    String traceId() {
        return HexFormat.of().formatHex(root.getTraceId().toByteArray());
    }

    String spanId() {
        return HexFormat.of().formatHex(root.getSpanId().toByteArray());
    }

    static Map<String, Object> attributes(Span span) {
        return values(span.getAttributesList());
    }

    /** Attributes as plain values, by key. */
    static Map<String, Object> values(List<KeyValue> attributes) {
        Map<String, Object> values = new TreeMap<>();
        attributes.forEach(pair -> values.put(pair.getKey(), value(pair.getValue())));
        return values;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE -> {
                List<Object> items = new ArrayList<>();
                value.getArrayValue().getValuesList().forEach(item -> items.add(value(item)));
                yield items;
            }
            default -> throw new AssertionError("a value of another kind: " + value.getValueCase());
        };
    }
}
