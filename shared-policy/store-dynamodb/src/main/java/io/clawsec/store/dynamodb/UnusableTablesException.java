package io.clawsec.store.dynamodb;

import org.jspecify.annotations.Nullable;

/** The tables cannot be used, and what the operator can do about it. Thrown at start and by {@code migrate} only. */
public final class UnusableTablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableTablesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
