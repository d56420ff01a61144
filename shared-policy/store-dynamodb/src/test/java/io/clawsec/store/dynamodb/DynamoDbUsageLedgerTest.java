package io.clawsec.store.dynamodb;

import io.clawsec.testkit.UsageLedgerContract;
import io.clawsec.usage.UsageLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbUsageLedgerTest extends UsageLedgerContract {

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
    protected UsageLedger ledger() {
        return stores.mine().usage();
    }

    @Override
    protected UsageLedger otherProcess() {
        return stores.another().usage();
    }
}
