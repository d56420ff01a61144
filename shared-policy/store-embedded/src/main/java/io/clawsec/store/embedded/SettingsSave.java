package io.clawsec.store.embedded;

import io.clawsec.store.sql.SqlSettingsRepository;
import java.sql.SQLException;
import java.util.OptionalLong;

/** A change of settings and its event, in one savepoint of the writer's transaction. */
record SettingsSave(SqlSettingsRepository.Change change, SqliteTask<?> append) implements SqliteTask<OptionalLong> {

    @Override
    public OptionalLong run(WriteSession session) throws SQLException {
        OptionalLong version = change.make(session.connection());
        if (version.isPresent()) {
            append.run(session);
        }
        return version;
    }

    @Override
    public void undone() {
        append.undone();
    }
}
