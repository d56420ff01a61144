package io.clawsec.audit;

import org.jspecify.annotations.Nullable;

/** The audit store cannot be read or written now. Callers fail closed. */
public final class AuditUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AuditUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
