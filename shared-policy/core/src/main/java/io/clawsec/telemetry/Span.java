package io.clawsec.telemetry;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a beginning and an end, as a trace shows it. A port, as {@link Tracing} is.
 *
 * <p>A span is handed on, never looked up by thread: whoever holds it may end it, on any thread. Implementations never
 * throw, and are safe for use by many threads. After its end a span takes nothing any more.
 */
public interface Span {

    /** Records nothing and makes nothing: the span of whatever is not traced, and its own child. */
    Span NONE = new Span() {

        @Override
        public boolean recording() {
            return false;
        }

        @Override
        public Span child(SpanName name) {
            return this;
        }

        @Override
        public void set(SpanAttribute attribute, String value) {}

        @Override
        public void set(SpanAttribute attribute, List<String> values) {}

        @Override
        public void set(SpanAttribute attribute, long value) {}

        @Override
        public void set(SpanAttribute attribute, double value) {}

        @Override
        public void set(SpanAttribute attribute, boolean value) {}

        @Override
        public void fail(String type) {}

        @Override
        public void end() {}

        @Override
        public @Nullable TraceIds ids() {
            return null;
        }
    };

    /** Whether anything comes of it; where not, nobody needs to work out what to set. */
    boolean recording();

    /** Begins a part of this work. */
    Span child(SpanName name);

    /** Says something of the work; a text that the attribute does not admit is left out. */
    void set(SpanAttribute attribute, String value);

    /** Says several things of one kind; at most {@link SpanAttribute#MOST_VALUES}, and those only that are admitted. */
    void set(SpanAttribute attribute, List<String> values);

    void set(SpanAttribute attribute, long value);

    void set(SpanAttribute attribute, double value);

    void set(SpanAttribute attribute, boolean value);

    /**
     * Says that the work failed.
     *
     * @param type which kind of failure, out of a closed set: a refusal's code, the name of an exception's class
     */
    void fail(String type);

    /** Ends the work; a second end is none. */
    void end();

    /** Its ids, by which log lines find it; null where nothing is recorded. */
    @Nullable
    TraceIds ids();

    /** Does a part of this work in a child that begins and ends with it; what is thrown fails the child and goes on. */
    default <T> T during(SpanName name, Function<Span, T> work) {
        Span child = child(name);
        try {
            return work.apply(child);
        } catch (RuntimeException | Error e) {
            child.fail(e.getClass().getName());
            throw e;
        } finally {
            child.end();
        }
    }
}
