package io.clawsec.store.postgres;

import io.clawsec.store.WriteTask;
import java.sql.SQLException;

/** What a caller wants done inside the writer's transaction. */
@FunctionalInterface
interface PostgresTask<T> extends WriteTask<WriteBatch, T> {

    /** Says what the task will need to know, before any of the batch runs: all of it is asked for at once. */
    default void announce(WriteBatch batch) {}

    /** Writes, or leaves with the batch what is to be written with that of the others. */
    @Override
    T run(WriteBatch batch) throws SQLException;

    /** Whether it speaks with the database itself, and so needs a savepoint to fall alone. */
    default boolean speaksSql() {
        return false;
    }
}
