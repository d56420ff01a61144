package io.clawsec.store;

import org.jspecify.annotations.Nullable;

/**
 * A database cannot be read or written now. Checked, so that each repository must turn it into its port's own exception;
 * no port throws it.
 */
public final class StoreUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
