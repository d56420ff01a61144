package io.clawsec.guard;

import org.jspecify.annotations.Nullable;

/** The guard failed or passed its work bound: the caller must withhold, never pass. */
public final class GuardUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GuardUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
