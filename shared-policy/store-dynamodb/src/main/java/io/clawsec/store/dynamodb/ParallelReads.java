package io.clawsec.store.dynamodb;

import io.clawsec.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes several reads at once, on a few threads of its own. Safe for use by many threads. */
final class ParallelReads implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int MOST_WAITING = 4_096;
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Longer than the patience of every read in turn that a thread may have before it. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    private final ThreadPoolExecutor threads;

    ParallelReads() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "clawsec-dynamodb-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Makes all of them, and returns what they gave, in their order. */
    <T> List<T> all(List<Callable<T>> reads) throws StoreUnavailableException {
        List<Future<T>> futures = new ArrayList<>();
        List<T> results = new ArrayList<>();
        try {
            if (reads.size() == 1) {
                return List.of(reads.get(0).call());
            }
            for (Callable<T> read : reads) {
                futures.add(threads.submit(read));
            }
            for (Future<T> future : futures) {
                results.add(future.get(MOST_WAIT.toSeconds(), TimeUnit.SECONDS));
            }
            return results;
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new StoreUnavailableException("too much is read at once, or the store is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("the caller was interrupted while it waited", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailableException unavailable
                    ? unavailable
                    : new StoreUnavailableException("a read failed", e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StoreUnavailableException("a read failed", e);
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
