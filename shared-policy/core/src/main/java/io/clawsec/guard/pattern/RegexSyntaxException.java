package io.clawsec.guard.pattern;

/** A text is no pattern; the message never quotes it. */
final class RegexSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegexSyntaxException(String reason) {
        super(reason);
    }
}
