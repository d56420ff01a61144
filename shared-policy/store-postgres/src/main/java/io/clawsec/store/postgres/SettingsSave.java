package io.clawsec.store.postgres;

import io.clawsec.store.sql.SqlSettingsRepository;
import java.sql.SQLException;
import java.util.OptionalLong;

/** A change of settings and its event, in one savepoint of the writer's transaction. */
record SettingsSave(SqlSettingsRepository.Change change, AuditAppends append) implements PostgresTask<OptionalLong> {

    @Override
    public void announce(WriteBatch batch) {
        append.announce(batch);
    }

    @Override
    public OptionalLong run(WriteBatch batch) throws SQLException {
        OptionalLong version = change.make(batch.connection());
        if (version.isPresent()) {
            append.run(batch);
        }
        return version;
    }

    @Override
    public boolean speaksSql() {
        return true;
    }
}
