package io.clawsec.store.postgres;

import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import java.nio.file.Path;

/** Opens PostgreSQL databases by URL: {@code postgresql://…}, or one of SQLAlchemy's forms of it. */
public final class PostgresStoreProvider implements StoreProvider {

    @Override
    public boolean handles(String databaseUrl) {
        return databaseUrl.startsWith("postgres"); // well-formed or not: whoever opens it says what is wrong
    }

    @Override
    public boolean needsLocalDisk() {
        return false;
    }

    @Override
    public Store open(String databaseUrl, Path dataFolder) {
        try {
            return PostgresStore.open(PostgresUrl.parse(databaseUrl));
        } catch (UnusableDatabaseException e) {
            throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
        }
    }
}
