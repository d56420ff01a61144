package io.clawsec.store;

/**
 * What a caller of {@link GroupCommit} wants written. It runs on the writer's thread, in a batch with others: if it
 * throws, what it did is undone and the rest of the batch goes on.
 *
 * @param <S> what the store gives it to write with
 * @param <T> its result
 */
@FunctionalInterface
public interface WriteTask<S, T> {

    T run(S session) throws Exception;

    /** Called on the writer's thread when what the task did does not stand: it threw, or the commit failed. */
    default void undone() {}
}
