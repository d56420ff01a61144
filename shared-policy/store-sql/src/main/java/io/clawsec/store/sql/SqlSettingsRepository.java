package io.clawsec.store.sql;

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
import java.util.Map;
import java.util.OptionalLong;

/**
 * Settings in two tables. The version is compared and raised in one statement, which locks its row or the whole database,
 * so of two who save for the same version one learns that it was late.
 */
public final class SqlSettingsRepository implements SettingsRepository {

    /** One statement, so that version and sections are of one moment; a section that was never saved has no content. */
    private static final String READ = """
            SELECT settings_version.version, settings_sections.section, settings_sections.content
            FROM settings_version LEFT JOIN settings_sections ON TRUE""";

    private static final String RAISE =
            "UPDATE settings_version SET version = version + 1 WHERE id = 1 AND version = ?";

    private static final String SAVE = """
            INSERT INTO settings_sections (section, content) VALUES (?, ?)
            ON CONFLICT (section) DO UPDATE SET content = excluded.content""";

    private final SqlReaders readers;
    private final Saving saving;

    /** Runs a change in a transaction of its engine, together with its event. */
    @FunctionalInterface
    public interface Saving {
        /** The new version; empty where the change came too late. */
        OptionalLong save(Change change, AuditEvent event) throws StoreUnavailableException;
    }

    /**
     * A section's new content.
     *
     * @param expectedVersion that the settings must have
     */
    public record Change(SettingsSection section, String content, long expectedVersion) {

        /** Makes the change; the new version, or empty where it came too late. The event is still to be appended. */
        public OptionalLong make(Connection connection) throws SQLException {
            try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
                raise.setLong(1, expectedVersion);
                if (raise.executeUpdate() == 0) {
                    return OptionalLong.empty();
                }
            }
            try (PreparedStatement save = connection.prepareStatement(SAVE)) {
                save.setString(1, section.wireName());
                save.setString(2, content);
                save.executeUpdate();
            }
            return OptionalLong.of(expectedVersion + 1);
        }

        /** Shows the section only. */
        @Override
        public String toString() {
            return "Change[" + section.wireName() + "]";
        }
    }

    public SqlSettingsRepository(SqlReaders readers, Saving saving) {
        this.readers = readers;
        this.saving = saving;
    }

    @Override
    public StoredSettings read() {
        try {
            return readers.read(SqlSettingsRepository::read);
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
            return saving.save(new Change(section, content, expectedVersion), event);
        } catch (StoreUnavailableException e) {
            throw new SettingsUnavailableException("settings cannot be saved now: " + e.getMessage(), e);
        }
    }
}
