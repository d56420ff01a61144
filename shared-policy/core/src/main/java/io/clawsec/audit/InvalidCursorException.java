package io.clawsec.audit;

/** A cursor was not made by this store. */
public final class InvalidCursorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidCursorException() {
        super("the cursor is not one that an earlier page gave", null, false, false);
    }
}
