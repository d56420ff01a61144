package io.clawsec.store.postgres;

import io.clawsec.audit.AuditRepository;
import io.clawsec.testkit.AuditQueryContract;
import org.junit.jupiter.api.AfterEach;

class PostgresAuditQueryTest extends AuditQueryContract {

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected AuditRepository repository() {
        return database.mine().audit();
    }

    @Override
    protected AuditRepository otherProcess() {
        return database.another().audit();
    }
}
