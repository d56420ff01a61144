package io.clawsec.json;

/** Says that bytes are not one JSON text within the bounds of {@link Json}; its message never quotes them. */
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
