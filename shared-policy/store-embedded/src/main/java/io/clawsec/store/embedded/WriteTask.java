package io.clawsec.store.embedded;

import java.sql.SQLException;

/**
 * What a caller wants done inside the writer's transaction. It runs on the writer's thread, in a savepoint of its own: if
 * it throws, what it did is undone and the rest of the batch goes on.
 */
@FunctionalInterface
interface WriteTask<T> {

    T run(WriteSession session) throws SQLException;

    /** Called on the writer's thread when what the task did does not stand: it threw, or the commit failed. */
    default void undone() {}
}
