package io.clawsec.identity.jwt;

/** Says why a token is not believed, in one safe sentence; it never leaves this package. */
final class UnsoundTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsoundTokenException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
