package io.clawsec.store;

import java.nio.file.Path;

/**
 * Opens one kind of store. Found by {@link java.util.ServiceLoader}, so that a package holds only the stores it needs.
 */
public interface StoreProvider {

    /** Whether {@code DATABASE_URL} names this kind of store. */
    boolean handles(String databaseUrl);

    /** Whether the store lives on the disk of this machine. */
    boolean needsLocalDisk();

    /**
     * Opens the store; one on local disk is made where there is none, of any other the tables must be there.
     *
     * @param dataFolder where relative paths begin; absolute
     * @throws IllegalArgumentException when the URL is not well-formed or the place cannot serve; the message goes on
     *     from the name of the variable, tells an operator what to change, and holds no password
     */
    Store open(String databaseUrl, Path dataFolder);
}
