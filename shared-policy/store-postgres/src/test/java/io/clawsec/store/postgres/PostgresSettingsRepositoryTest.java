package io.clawsec.store.postgres;

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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSettingsRepositoryTest extends SettingsRepositoryContract {

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected SettingsRepository settings() {
        return database.mine().settings();
    }

    @Override
    protected AuditRepository audit() {
        return database.mine().audit();
    }

    @Override
    protected SettingsRepository otherProcess() {
        return database.another().settings();
    }

    @Test
    void a_closed_store_is_unavailable() {
        database.mine().close();
        assertThatThrownBy(() -> settings().read()).isInstanceOf(SettingsUnavailableException.class);
        assertThatThrownBy(() -> settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event()))
                .isInstanceOf(SettingsUnavailableException.class);
    }

    /** What a full disk does between the two writes. */
    @ParameterizedTest
    @ValueSource(strings = {"settings_sections", "audit_ids"})
    void where_one_of_the_two_cannot_be_written_neither_is(String table) throws Exception {
        AuditSamples samples = new AuditSamples(2);
        settings().save(SettingsSection.LLM, "{}", 0, samples.event());
        database.execute("CREATE FUNCTION disk_full() RETURNS TRIGGER LANGUAGE plpgsql AS "
                + "$$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$; "
                + "CREATE TRIGGER refuse BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION disk_full()");
        assertThatThrownBy(() -> settings().save(SettingsSection.POLICY, "{}", 1, samples.event()))
                .isInstanceOf(SettingsUnavailableException.class);
        database.execute("DROP TRIGGER refuse ON " + table);
        assertThat(settings().read().version()).isEqualTo(1);
        assertThat(AuditVerifier.verify(audit())).isEqualTo(new Verification(1, 1, List.of()));
        assertThat(settings().save(SettingsSection.POLICY, "{}", 1, samples.event()))
                .hasValue(2);
        assertThat(AuditVerifier.verify(audit())).isEqualTo(new Verification(2, 1, List.of()));
    }

    @Test
    void a_section_of_a_later_release_is_left_alone() throws Exception {
        database.execute("INSERT INTO settings_sections VALUES ('later', '{}')");
        settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event());
        assertThat(settings().read().sections()).containsOnlyKeys(SettingsSection.LLM);
        assertThat(database.number("SELECT count(*) FROM settings_sections")).isEqualTo(2);
    }
}
