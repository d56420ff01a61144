package io.clawsec.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way through {@link GroupCommit}, and the caller that waits for it.
 *
 * @param <S> what the task writes with
 * @param <T> its result
 */
public final class WriteJob<S, T> {

    private enum State {
        WAITING,
        CLAIMED,
        ABANDONED
    }

    private final WriteTask<S, T> task;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Confined to the writer's thread. */
    private @Nullable T value;

    private @Nullable Exception failure;

    WriteJob(WriteTask<S, T> task) {
        this.task = task;
    }

    /** What is to be written. */
    public WriteTask<S, T> task() {
        return task;
    }

    /**
     * Runs the task; what it gave or threw is told to its caller after the commit. May be called again where a batch is
     * tried anew, after {@link #undone}.
     *
     * @return whether it stands; where it does not, the store undoes what it wrote
     */
    public boolean run(S session) {
        try {
            value = task.run(session);
            failure = null;
            return true;
        } catch (Exception e) {
            fail(e);
            return false;
        }
    }

    /** Lets the job fail by itself: its caller learns of this after the commit of the others. */
    public void fail(Exception cause) {
        failure = cause;
        undone();
    }

    /** Tells the task that what it did does not stand. */
    public void undone() {
        value = null;
        task.undone();
    }

    /** Takes the job for the next batch; false when its caller has gone away, so that nothing unwanted is written. */
    boolean claim() {
        return state.compareAndSet(State.WAITING, State.CLAIMED);
    }

    /** Whether it failed because the store did not take it, and not by its own fault. */
    boolean isRefusedByStore() {
        return failure instanceof StoreUnavailableException;
    }

    /** Tells the caller what became of its task. Only now: until the commit, a failure might be another one's doing. */
    void committed() {
        Exception failed = failure;
        if (failed == null) {
            @SuppressWarnings("NullAway") // the task has run, and a task's result is what its type says
            T done = value;
            result.complete(done);
        } else {
            result.completeExceptionally(failed);
        }
    }

    /** Tells task and caller that the batch was not committed. */
    void lost(Throwable cause) {
        task.undone();
        result.completeExceptionally(new StoreUnavailableException("the write could not be made durable", cause));
    }

    /**
     * Waits for the commit.
     *
     * @throws TimeoutException when it did not come; the caller then calls {@link #abandon}
     */
    T await(Duration wait) throws StoreUnavailableException, TimeoutException {
        try {
            return result.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw abandon("the caller was interrupted while it waited", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw e.getCause() instanceof StoreUnavailableException lost
                    ? lost
                    : new StoreUnavailableException("the write was refused by the database", e.getCause());
        }
    }

    /** Gives up; what comes back says whether the task can still be done. */
    StoreUnavailableException abandon(String message, Exception cause) {
        boolean undone = state.compareAndSet(State.WAITING, State.ABANDONED);
        return new StoreUnavailableException(
                message + (undone ? "; nothing was written" : "; it may have been written"), cause);
    }
}
