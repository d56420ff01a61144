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

        /** The refusal of a body that is longer than it may be. */
        public static RefusedBodyException tooLarge(int most) {
            String bound = most == Route.MAX_BODY_BYTES ? "1 MB" : most + " bytes";
            return new RefusedBodyException(Refusal.Code.BODY_TOO_LARGE, "A body may have at most " + bound + ".");
        }

        public Refusal refusal() {
            return refusal;
        }
    }
}
