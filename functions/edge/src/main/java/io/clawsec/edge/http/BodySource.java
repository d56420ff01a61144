package io.clawsec.edge.http;

import io.clawsec.call.Refusal;

/** Reads a request's body within bounds. */
@FunctionalInterface
public interface BodySource {

    /**
     * Reads the whole body.
     *
     * @param most how many bytes it may have; past that reading stops
     */
    byte[] read(int most) throws RefusedBodyException;

    /** The body is too long, too slow or broken off. */
    final class RefusedBodyException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        public RefusedBodyException(Refusal.Code code, String detail) {
            super(detail, null, false, false);
            this.refusal = new Refusal(code, detail);
        }

        public Refusal refusal() {
            return refusal;
        }
    }
}
