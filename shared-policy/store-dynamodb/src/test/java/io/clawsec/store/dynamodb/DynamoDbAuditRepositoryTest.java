package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.StoredRecord;
import io.clawsec.testkit.AuditRepositoryContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbAuditRepositoryTest extends AuditRepositoryContract {

    private Stores stores;

    @BeforeEach
    void open() {
        stores = new Stores();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    protected AuditRepository repository() {
        return stores.mine().audit();
    }

    @Override
    protected AuditRepository otherProcess() {
        return stores.another().audit();
    }

    @Override
    protected void tamper(StoredRecord stored, @Nullable StoredRecord replacement) {
        stores.tamper(stored, replacement);
    }
}
