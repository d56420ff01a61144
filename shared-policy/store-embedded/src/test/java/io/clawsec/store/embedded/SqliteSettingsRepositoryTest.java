package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.testkit.SettingsRepositoryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    protected SettingsRepository otherProcess() {
        return stores.another().settings();
    }

    @Test
    void a_closed_store_is_unavailable() {
        stores.mine().close();
        assertThatThrownBy(() -> settings().read()).isInstanceOf(SettingsUnavailableException.class);
        assertThatThrownBy(() -> settings().save(SettingsSection.LLM, "{}", 0))
                .isInstanceOf(SettingsUnavailableException.class);
    }

    @Test
    void a_section_of_a_later_release_is_left_alone() throws Exception {
        try (var connection = stores.raw();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO settings_sections VALUES ('later', '{}')");
        }
        settings().save(SettingsSection.LLM, "{}", 0);
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
