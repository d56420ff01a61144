package io.clawsec.testkit;

import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.SpanName;
import io.clawsec.telemetry.TraceIds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span that a {@link TraceRecorder} keeps. It takes what it is given: forms and bounds are for a real one to hold. */
public final class RecordedSpan implements Span {

    private final TraceRecorder recorder;
    private final String name;
    private final @Nullable RecordedSpan parent;
    private final Map<SpanAttribute, Object> attributes = new EnumMap<>(SpanAttribute.class);
    private @Nullable String failure;
    private int ends;

    RecordedSpan(TraceRecorder recorder, String name, @Nullable RecordedSpan parent) {
        this.recorder = recorder;
        this.name = name;
        this.parent = parent;
    }

    public String name() {
        return name;
    }

    /** The span that it is a part of; null for a request's. */
    public @Nullable RecordedSpan parent() {
        return parent;
    }

    public synchronized Map<SpanAttribute, Object> attributes() {
        return Map.copyOf(attributes);
    }

    /** Which kind of failure it told of; null: of none. */
    public synchronized @Nullable String failure() {
        return failure;
    }

    /** How often it was ended. */
    public synchronized int ends() {
        return ends;
    }

    @Override
    public boolean recording() {
        return true;
    }

    @Override
    public Span child(SpanName childName) {
        return recorder.keep(new RecordedSpan(recorder, childName.text(), this));
    }

    @Override
    public void set(SpanAttribute attribute, String value) {
        put(attribute, value);
    }

    @Override
    public void set(SpanAttribute attribute, List<String> values) {
        put(attribute, values);
    }

    @Override
    public void set(SpanAttribute attribute, long value) {
        put(attribute, value);
    }

    @Override
    public void set(SpanAttribute attribute, double value) {
        put(attribute, value);
    }

    @Override
    public void set(SpanAttribute attribute, boolean value) {
        put(attribute, value);
    }

    private synchronized void put(SpanAttribute attribute, Object value) {
        if (ends > 0) {
            throw new AssertionError(this + " is told " + attribute + " after its end");
        }
        attributes.put(attribute, value);
    }

    @Override
    public synchronized void fail(String type) {
        failure = type;
    }

    @Override
    public synchronized void end() {
        ends++;
    }

    @Override
    public TraceIds ids() {
        return new TraceIds("0".repeat(31) + "1", "0".repeat(15) + "1");
    }

    @Override
    public String toString() {
        return name;
    }
}
