package io.clawsec.audit;

/** An event with the same id was appended before; the trail is unchanged and the earlier one stands. */
public final class DuplicateEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DuplicateEventException(String message) {
        super(message);
    }
}
