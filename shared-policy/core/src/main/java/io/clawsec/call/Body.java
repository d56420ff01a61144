package io.clawsec.call;

import java.util.function.Function;

/**
 * What came with a request as its body, within the bounds of the edge.
 *
 * <p>A function asks for it when it knows who is calling: a stranger learns 401 or 403, not what is wrong with its body,
 * and nothing of it is read.
 */
public sealed interface Body {

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Json, T> json, Function<Unacceptable, T> unacceptable);

    /** No body, or none that the route reads. */
    static Body none() {
        return new Json(new byte[0]);
    }

    /** Bytes that say they are JSON; not parsed yet. Not copied, so do not change them. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares bodies
    record Json(byte[] utf8) implements Body {
        @Override
        public <T> T fold(Function<Json, T> json, Function<Unacceptable, T> unacceptable) {
            return json.apply(this);
        }

        /** Shows the length only. */
        @Override
        public String toString() {
            return "Json[" + utf8.length + " bytes]";
        }
    }

    /**
     * A body that was refused before it was held: too long, too slow, of another content type, or behind a query string
     * that nobody can read.
     */
    record Unacceptable(Refusal refusal) implements Body {
        @Override
        public <T> T fold(Function<Json, T> json, Function<Unacceptable, T> unacceptable) {
            return unacceptable.apply(this);
        }
    }
}
