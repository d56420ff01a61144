package io.clawsec.store.embedded;

import io.clawsec.testkit.UsageLedgerContract;
import io.clawsec.usage.UsageLedger;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteUsageLedgerTest extends UsageLedgerContract {

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
    protected UsageLedger ledger() {
        return stores.mine().usage();
    }

    @Override
    protected UsageLedger otherProcess() {
        return stores.another().usage();
    }
}
