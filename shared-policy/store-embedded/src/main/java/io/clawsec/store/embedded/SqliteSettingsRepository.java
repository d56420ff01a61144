package io.clawsec.store.embedded;

import io.clawsec.audit.AuditEvent;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.settings.StoredSettings;
import io.clawsec.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Settings in SQLite. The version is compared and raised under the database's one write lock, so of two who save for the
 * same version one learns that it was late.
 */
public final class SqliteSettingsRepository implements SettingsRepository {

    /** One statement, so that version and sections are of one moment; a section that was never saved has no content. */
    private static final String READ = """
            SELECT settings_version.version, settings_sections.section, settings_sections.content
            FROM settings_version LEFT JOIN settings_sections""";

    private static final String RAISE = "UPDATE settings_version SET version = version + 1 WHERE version = ?";

    private static final String SAVE = """
            INSERT INTO settings_sections (section, content) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET content = excluded.content""";

    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final AuditAppends audit;

    SqliteSettingsRepository(SqliteWriter writer, SqliteReaders readers, AuditAppends audit) {
        this.writer = writer;
        this.readers = readers;
        this.audit = audit;
    }

    @Override
    public StoredSettings read() {
        try {
            return readers.read(SqliteSettingsRepository::read);
        } catch (StoreUnavailableException e) {
            throw new SettingsUnavailableException("settings cannot be read now: " + e.getMessage(), e);
        }
    }

    private static StoredSettings read(Connection connection) throws SQLException {
        long version = 0;
        Map<SettingsSection, String> sections = new EnumMap<>(SettingsSection.class);
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                version = rows.getLong(1);
                String content = rows.getString(3);
                String name = rows.getString(2);
                if (name != null) { // a section of a later release is left alone
                    SettingsSection.of(name).ifPresent(section -> sections.put(section, content));
                }
            }
        }
        return new StoredSettings(version, sections);
    }

    @Override
    public OptionalLong save(SettingsSection section, String content, long expectedVersion, AuditEvent event) {
        if (content.length() > LONGEST_CONTENT) {
            throw new IllegalArgumentException("a section has at most " + LONGEST_CONTENT + " characters");
        }
        try {
            return writer.write(new Save(section, content, expectedVersion, audit.of(List.of(event))));
        } catch (StoreUnavailableException e) {
            throw new SettingsUnavailableException("settings cannot be saved now: " + e.getMessage(), e);
        }
    }

    /** A change and its event, in one savepoint of the writer's transaction. */
    private record Save(SettingsSection section, String content, long expectedVersion, SqliteTask<?> append)
            implements SqliteTask<OptionalLong> {

        @Override
        public OptionalLong run(WriteSession session) throws SQLException {
            PreparedStatement raise = session.prepared(RAISE);
            raise.setLong(1, expectedVersion);
            if (raise.executeUpdate() == 0) {
                return OptionalLong.empty();
            }
            PreparedStatement save = session.prepared(SAVE);
            save.setString(1, section.wireName());
            save.setString(2, content);
            save.executeUpdate();
            append.run(session);
            return OptionalLong.of(expectedVersion + 1);
        }

        @Override
        public void undone() {
            append.undone();
        }

        /** Shows the section only. */
        @Override
        public String toString() {
            return "Save[" + section.wireName() + "]";
        }
    }
}
