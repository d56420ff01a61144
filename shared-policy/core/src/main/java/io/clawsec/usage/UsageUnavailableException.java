package io.clawsec.usage;

/** The usage store cannot be read or written now. */
public final class UsageUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
