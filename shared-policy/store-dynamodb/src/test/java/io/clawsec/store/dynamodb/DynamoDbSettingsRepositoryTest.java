package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditRepository;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.testkit.SettingsRepositoryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbSettingsRepositoryTest extends SettingsRepositoryContract {

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
    protected SettingsRepository settings() {
        return stores.mine().settings();
    }

    @Override
    protected AuditRepository audit() {
        return stores.mine().audit();
    }

    @Override
    protected SettingsRepository otherProcess() {
        return stores.another().settings();
    }
}
