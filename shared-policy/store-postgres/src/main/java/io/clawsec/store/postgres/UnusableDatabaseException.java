package io.clawsec.store.postgres;

import org.jspecify.annotations.Nullable;

/** The database cannot be used, and what the operator can do about it. Thrown at start only; holds no password. */
public final class UnusableDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
