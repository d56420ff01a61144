package io.clawsec.store.postgres.migrate;

import org.jspecify.annotations.Nullable;

/** A database could not be migrated, and why. Holds no password. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
