package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.settings.SettingsSection;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.ManyCallers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version is brought to this one, with all that is in it. */
class SchemaTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("clawsec.db");
    }

    /** A database as version 1 left it: the tables that came later are taken away again. */
    private AuditEvent firstVersion() throws SQLException {
        AuditEvent event = new AuditSamples(7).event();
        try (EmbeddedStore store = EmbeddedStore.open(file())) {
            store.audit().append(List.of(event));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE settings_sections");
            statement.execute("DROP TABLE settings_version");
            statement.execute("PRAGMA user_version = 1");
        }
        return event;
    }

    @Test
    void version_1_is_upgraded_and_keeps_its_events() throws Exception {
        AuditEvent event = firstVersion();
        try (EmbeddedStore store = EmbeddedStore.open(file())) {
            assertThat(store.audit().find(AuditQuery.newest(10)).events())
                    .singleElement()
                    .satisfies(stored ->
                            assertThat(stored.toString()).contains(event.id().toString()));
            assertThat(store.settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event()))
                    .hasValue(1);
        }
        try (EmbeddedStore again = EmbeddedStore.open(file())) {
            assertThat(again.settings().read().version()).isEqualTo(1);
        }
    }

    @Test
    void of_many_that_open_it_at_once_one_upgrades() throws Exception {
        firstVersion();
        assertThat(ManyCallers.run(16, caller -> {
                    try (EmbeddedStore store = EmbeddedStore.open(file())) {
                        return store.settings().read().version();
                    }
                }))
                .containsOnly(0L);
    }
}
