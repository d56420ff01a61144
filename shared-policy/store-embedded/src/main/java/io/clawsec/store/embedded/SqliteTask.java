package io.clawsec.store.embedded;

import io.clawsec.store.WriteTask;
import java.sql.SQLException;

/** What a caller wants done inside the writer's transaction; it runs in a savepoint of its own. */
@FunctionalInterface
interface SqliteTask<T> extends WriteTask<WriteSession, T> {

    @Override
    T run(WriteSession session) throws SQLException;
}
