package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.Verification;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.SettingsRepositoryContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteSettingsRepositoryTest extends SettingsRepositoryContract {

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

    @Test
    void a_closed_store_is_unavailable() {
        stores.mine().close();
        assertThatThrownBy(() -> settings().read()).isInstanceOf(SettingsUnavailableException.class);
        assertThatThrownBy(() -> settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event()))
                .isInstanceOf(SettingsUnavailableException.class);
    }

    /** What a full disk does between the two writes. */
    @ParameterizedTest
    @ValueSource(strings = {"settings_sections", "audit_events"})
    void where_one_of_the_two_cannot_be_written_neither_is(String table) throws Exception {
        AuditSamples samples = new AuditSamples(2);
        settings().save(SettingsSection.LLM, "{}", 0, samples.event());
        execute("CREATE TRIGGER refuse BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(FAIL, 'disk full'); END");
        assertThatThrownBy(() -> settings().save(SettingsSection.POLICY, "{}", 1, samples.event()))
                .isInstanceOf(SettingsUnavailableException.class);
        execute("DROP TRIGGER refuse");
        assertThat(settings().read().version()).isEqualTo(1);
        assertThat(AuditVerifier.verify(audit())).isEqualTo(new Verification(1, 1, List.of()));
        assertThat(settings().save(SettingsSection.POLICY, "{}", 1, samples.event()))
                .hasValue(2);
        assertThat(AuditVerifier.verify(audit())).isEqualTo(new Verification(2, 1, List.of()));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = stores.raw();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_section_of_a_later_release_is_left_alone() throws Exception {
        try (var connection = stores.raw();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO settings_sections VALUES ('later', '{}')");
        }
        settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event());
        assertThat(settings().read().sections()).containsOnlyKeys(SettingsSection.LLM);
        try (var connection = stores.raw();
                var statement = connection.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT count(*) FROM settings_sections")
                            .getInt(1))
                    .isEqualTo(2);
        }
    }
}
