package io.clawsec.store.embedded;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task on its way through the writer, and the caller that waits for it. */
final class WriteJob<T> {

    private enum State {
        WAITING,
        CLAIMED,
        ABANDONED
    }

    private final WriteTask<T> task;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** Confined to the writer's thread. */
    private @Nullable T value;

    private @Nullable Exception failure;

    WriteJob(WriteTask<T> task) {
        this.task = task;
    }

    /** Takes the job for the next batch; false when its caller has gone away, so that nothing unwanted is written. */
    boolean claim() {
        return state.compareAndSet(State.WAITING, State.CLAIMED);
    }

    /**
     * Runs the task in a savepoint.
     *
     * @throws SQLException when the transaction as a whole is lost
     */
    void run(WriteSession session) throws SQLException {
        session.execute("SAVEPOINT task");
        try {
            value = task.run(session);
            session.execute("RELEASE task");
        } catch (SQLException | RuntimeException e) {
            failure = e;
            task.undone();
            session.execute("ROLLBACK TO task"); // throws where SQLite has rolled back everything by itself
            session.execute("RELEASE task");
        }
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

    /** Waits for the commit. */
    T await(Duration wait) throws StoreUnavailableException {
        try {
            return result.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw given("the write took longer than " + wait.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw given("the caller was interrupted while it waited", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw e.getCause() instanceof StoreUnavailableException lost
                    ? lost
                    : new StoreUnavailableException("the write was refused by the database", e.getCause());
        }
    }

    private StoreUnavailableException given(String message, Exception cause) {
        boolean undone = state.compareAndSet(State.WAITING, State.ABANDONED);
        return new StoreUnavailableException(
                message + (undone ? "; nothing was written" : "; it may have been written"), cause);
    }
}
