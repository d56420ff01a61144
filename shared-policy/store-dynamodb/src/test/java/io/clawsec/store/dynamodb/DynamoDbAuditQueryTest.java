package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditRepository;
import io.clawsec.testkit.AuditQueryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DynamoDbAuditQueryTest extends AuditQueryContract {

    private final Stores stores = new Stores();

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
