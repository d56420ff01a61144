package io.clawsec.store.embedded;

import io.clawsec.audit.AuditRepository;
import io.clawsec.testkit.AuditQueryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditQueryTest extends AuditQueryContract {

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
}
