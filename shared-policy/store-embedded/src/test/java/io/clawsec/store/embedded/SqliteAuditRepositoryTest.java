package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.Verification;
import io.clawsec.testkit.AuditRepositoryContract;
import io.clawsec.testkit.AuditSamples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    private void change(String sql) throws SQLException {
        try (Connection connection = stores.raw();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_record_that_cannot_be_read_makes_its_pages_unavailable_and_is_named_by_the_verifier() throws Exception {
        repository().append(new AuditSamples(1).events(3));
        change("UPDATE audit_events SET record = x'7b7d' WHERE sequence = 1");
        assertThatThrownBy(() -> repository().find(AuditQuery.newest(3)))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageNotContaining("7b7d");
        assertThat(AuditVerifier.verify(repository()).problems())
                .extracting(Verification.Problem::kind)
                .containsExactly(Verification.Kind.BYTES_CHANGED);
    }

    @Test
    void columns_that_are_damaged_beyond_reading_do_not_stop_the_verifier() throws Exception {
        repository().append(new AuditSamples(1).events(5));
        change("UPDATE audit_events SET id = x'00', request_id = x'' WHERE sequence = 1");
        change("UPDATE audit_events SET hash = x'' WHERE sequence = 2");
        change("UPDATE audit_events SET writer_id = x'01' WHERE sequence = 4");
        assertThat(AuditVerifier.verify(repository()).problems())
                .extracting(Verification.Problem::kind)
                .contains(
                        Verification.Kind.INDEX_CHANGED,
                        Verification.Kind.BYTES_CHANGED,
                        Verification.Kind.WRONG_WRITER);
    }
}
