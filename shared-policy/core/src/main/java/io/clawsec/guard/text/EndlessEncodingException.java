package io.clawsec.guard.text;

/** A text hides more layers or more readings than are looked at, so there is something in it that nobody has seen. */
public final class EndlessEncodingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndlessEncodingException() {
        super("a text is encoded in more layers, or disguised in more ways, than are looked through");
    }
}
