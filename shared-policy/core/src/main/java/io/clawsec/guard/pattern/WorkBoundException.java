package io.clawsec.guard.pattern;

/** A text costs more work than any may. */
public final class WorkBoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkBoundException() {
        super("matching one text passed its bound of work");
    }
}
