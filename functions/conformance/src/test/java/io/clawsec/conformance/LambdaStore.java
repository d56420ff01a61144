package io.clawsec.conformance;

import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import io.clawsec.store.embedded.EmbeddedStoreProvider;
import java.nio.file.Path;

/**
 * A store that a package on Lambda may use, for tests alone: SQLite on this machine's disk, which a test's "Lambda" keeps.
 * Put beside an unpacked package, it lets the package run unchanged.
 */
public final class LambdaStore implements StoreProvider {

    static final String SCHEME = "test:";

    private final EmbeddedStoreProvider embedded = new EmbeddedStoreProvider();

    @Override
    public boolean handles(String databaseUrl) {
        return databaseUrl.startsWith(SCHEME);
    }

    @Override
    public boolean needsLocalDisk() {
        return false;
    }

    @Override
    public Store open(String databaseUrl, Path dataFolder) {
        return embedded.open("sqlite:" + databaseUrl.substring(SCHEME.length()), dataFolder);
    }
}
