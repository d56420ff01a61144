package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditEvent;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.settings.StoredSettings;
import io.clawsec.store.GroupCommit;
import io.clawsec.store.StoreUnavailableException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/**
 * Settings in DynamoDB: one item with the version and the sections. It is raised on the condition of its version and in
 * the transaction of the event that tells of it, by the writer of this process's chain.
 */
public final class DynamoDbSettingsRepository implements SettingsRepository {

    /** How often the settings are read again because a long section was replaced while it was read. */
    private static final int MOST_READS = 8;

    private final DynamoDbTable<SettingsItem> table;
    private final RetriedCalls calls;
    private final GroupCommit<AuditDraft> writer;

    DynamoDbSettingsRepository(DynamoDbTable<SettingsItem> table, RetriedCalls calls, GroupCommit<AuditDraft> writer) {
        this.table = table;
        this.calls = calls;
        this.writer = writer;
    }

    @Override
    public StoredSettings read() {
        try {
            for (int i = 0; i < MOST_READS; i++) {
                SettingsItem current = current();
                Map<SettingsSection, String> sections = sections(current);
                if (sections.size() == current.sections().size()) {
                    return new StoredSettings(current.version(), sections);
                }
            }
        } catch (StoreUnavailableException e) {
            throw new SettingsUnavailableException("settings cannot be read now: " + e.getMessage(), e);
        }
        throw new SettingsUnavailableException("settings cannot be read now: they are replaced all the time", null);
    }

    private SettingsItem current() throws StoreUnavailableException {
        SettingsItem current = calls.item(table, SettingsItem.KEY);
        return current == null ? new SettingsItem() : current;
    }

    /** The content of each section; without those whose parts were replaced since. */
    private Map<SettingsSection, String> sections(SettingsItem current) throws StoreUnavailableException {
        Map<SettingsSection, String> sections = new EnumMap<>(SettingsSection.class);
        for (SettingsSection section : current.sections()) {
            String content = current.content(section);
            if (content != null) {
                sections.put(section, content);
                continue;
            }
            StringBuilder whole = new StringBuilder();
            boolean complete = true;
            for (Key key : current.parts(section)) {
                SettingsItem part = calls.item(table, key);
                complete &= part != null;
                whole.append(part == null ? "" : part.partContent());
            }
            if (complete) {
                sections.put(section, whole.toString());
            }
        }
        return sections;
    }

    @Override
    public OptionalLong save(SettingsSection section, String content, long expectedVersion, AuditEvent event) {
        if (content.length() > LONGEST_CONTENT) {
            throw new IllegalArgumentException("a section has at most " + LONGEST_CONTENT + " characters");
        }
        try {
            return writer.write(draft -> {
                SettingsItem current = current(); // read again where the transaction is made anew
                if (current.version() != expectedVersion) {
                    return OptionalLong.empty();
                }
                current.saved(table, section, content).forEach(write -> draft.add(write, SettingsItem.MOST_BYTES));
                draft.append(List.of(event));
                return OptionalLong.of(expectedVersion + 1);
            });
        } catch (StoreUnavailableException e) {
            throw new SettingsUnavailableException("settings cannot be saved now: " + e.getMessage(), e);
        }
    }
}
