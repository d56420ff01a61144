package io.clawsec.store.embedded;

import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.StoredRecord;
import io.clawsec.testkit.AuditRepositoryContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditRepositoryTest extends AuditRepositoryContract {

    @TempDir
    private Path folder;

    private Stores stores;

    @BeforeEach
    void open() {
        stores = new Stores(folder);
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
