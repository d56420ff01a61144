package io.clawsec.store.dynamodb;

import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import java.nio.file.Path;

/** Opens tables in DynamoDB by URL: {@code dynamodb://prefix?region=&endpoint=}. */
public final class DynamoDbStoreProvider implements StoreProvider {

    @Override
    public boolean handles(String databaseUrl) {
        return databaseUrl.startsWith(DynamoDbUrl.SCHEME);
    }

    @Override
    public boolean needsLocalDisk() {
        return false;
    }

    @Override
    public Store open(String databaseUrl, Path dataFolder) {
        DynamoDbUrl url = DynamoDbUrl.parse(databaseUrl);
        try {
            return DynamoDbStore.open(url);
        } catch (UnusableTablesException e) {
            throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
        }
    }
}
