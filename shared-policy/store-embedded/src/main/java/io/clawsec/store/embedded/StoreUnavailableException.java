package io.clawsec.store.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be read or written now. Checked and of this package only, so that each repository must turn it
 * into its port's own exception.
 */
final class StoreUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
