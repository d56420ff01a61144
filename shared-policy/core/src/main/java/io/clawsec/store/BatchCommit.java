package io.clawsec.store;

import java.util.List;

/**
 * Makes a batch durable: the half of {@link GroupCommit} that knows a database. Called by one thread only.
 *
 * @param <S> what tasks write with
 */
public interface BatchCommit<S> extends AutoCloseable {

    /**
     * Runs every job once or more and returns when those that stand are durable, together. A job that fails leaves
     * nothing behind and the others stand.
     *
     * @throws Exception when none of the batch stands, or nobody knows; every caller is refused then
     */
    void commit(List<WriteJob<S, ?>> batch) throws Exception;

    /** Lets go of the database. */
    @Override
    void close();
}
