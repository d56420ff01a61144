package io.clawsec.testkit;

import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.Tracing;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tracing that keeps every span, in the order in which they began, for a test to look at. Safe for many threads. */
public final class TraceRecorder implements Tracing {

    private final List<RecordedSpan> spans = new CopyOnWriteArrayList<>();

    @Override
    public Span request(UUID requestId, String method, String route, @Nullable String traceparent) {
        return keep(new RecordedSpan(this, method + " " + route, null));
    }

    /** Everything that began, ended or not. */
    public List<RecordedSpan> spans() {
        return List.copyOf(spans);
    }

    /** The one span of that name. */
    public RecordedSpan only(String name) {
        List<RecordedSpan> named =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        if (named.size() != 1) {
            throw new AssertionError(named.size() + " spans are named " + name + " among " + spans);
        }
        return named.get(0);
    }

    RecordedSpan keep(RecordedSpan span) {
        spans.add(span);
        return span;
    }
}
