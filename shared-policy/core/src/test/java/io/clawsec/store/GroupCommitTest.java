package io.clawsec.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers may rely on, whatever the database behind it. */
@Timeout(30)
class GroupCommitTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(21);

    /** Of a writer whose callers wait {@link #LONG}. */
    private static final Duration STANDSTILL = Duration.ofSeconds(7);

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final Batches store = new Batches();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // the clock may start anywhere, and go round
    private GroupCommit<List<String>> commits = commits(LONG);

    /** A store that is a list of batches, and fails as it is told. */
    private static final class Batches implements BatchCommit<List<String>> {

        private final List<List<String>> durable = new CopyOnWriteArrayList<>();
        private volatile @Nullable Exception failure;
        private volatile boolean closed;

        @Override
        public void commit(List<WriteJob<List<String>, ?>> batch) throws Exception {
            List<String> session = new ArrayList<>();
            for (WriteJob<List<String>, ?> job : batch) {
                List<String> mark = List.copyOf(session);
                if (!job.run(session)) {
                    session.clear();
                    session.addAll(mark);
                }
            }
            Exception thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
            durable.add(session);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private GroupCommit<List<String>> commits(Duration callerWait) {
        return new GroupCommit<>(store, new GroupCommit.Bounds(3, 16, callerWait), "test-writer", nanos::get);
    }

    @AfterEach
    void close() {
        release.countDown();
        commits.close();
    }

    private static <T> CompletableFuture<T> onThread(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.run());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws Exception;
    }

    /** Keeps the writer busy, so that what comes now waits for one common batch. */
    private CompletableFuture<String> hold() throws InterruptedException {
        CompletableFuture<String> holder = onThread(() -> commits.write(session -> {
            held.countDown();
            release.await();
            return "held";
        }));
        held.await();
        return holder;
    }

    private CompletableFuture<String> writing(WriteTask<List<String>, String> task) {
        int waiting = commits.waiting();
        CompletableFuture<String> result = onThread(() -> commits.write(task));
        while (commits.waiting() == waiting && !result.isDone()) {
            Thread.onSpinWait();
        }
        return result;
    }

    private CompletableFuture<String> writing(String text) {
        return writing(session -> {
            session.add(text);
            return text;
        });
    }

    @Test
    void what_waits_is_written_together_and_one_task_falls_alone() throws Exception {
        hold();
        CompletableFuture<String> first = writing("first");
        CompletableFuture<String> broken = writing(session -> {
            session.add("never");
            throw new IOException("broken");
        });
        CompletableFuture<String> last = writing("last");
        release.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(last.get()).isEqualTo("last");
        assertThatThrownBy(broken::get).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(store.durable).containsExactly(List.of(), List.of("first", "last"));
        assertThat(commits.batches()).isEqualTo(2);
    }

    @Test
    void what_a_task_throws_unchecked_comes_out_as_it_is() {
        assertThatThrownBy(() -> commits.write(session -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
    }

    @Test
    void one_more_than_may_wait_is_refused_at_once() throws Exception {
        hold();
        List<CompletableFuture<String>> waiting = List.of(writing("a"), writing("b"), writing("c"));
        assertThatThrownBy(() -> commits.write(session -> "d"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("3 writes are waiting already");
        assertThat(commits.refuses()).isTrue();
        assertThat(commits.waiting()).isEqualTo(3).isEqualTo(commits.mostWaiting());
        release.countDown();
        for (CompletableFuture<String> each : waiting) {
            each.get();
        }
        assertThat(store.durable).last().isEqualTo(List.of("a", "b", "c"));
        assertThat(commits.refuses()).isFalse();
        assertRefused(WriteQueue.Refusal.FULL, 1);
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** That writes were refused for this reason, and none for another. */
    private void assertRefused(WriteQueue.Refusal why, long times) {
        for (WriteQueue.Refusal each : WriteQueue.Refusal.values()) {
            assertThat(commits.refused(each)).as(each.wireName()).isEqualTo(each == why ? times : 0);
        }
    }

    @Test
    void who_comes_while_the_writer_has_been_trying_for_too_long_is_refused_at_once() throws Exception {
        CompletableFuture<String> holder = hold();
        pass(STANDSTILL.minusNanos(1));
        CompletableFuture<String> early = writing("early");
        assertThat(commits.refuses()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(commits.standstill()).isEqualTo(STANDSTILL);
        assertThat(commits.refuses()).isTrue();
        assertThatThrownBy(() -> commits.write(session -> "late"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("nothing could be committed for 7000 ms; nothing was written");
        assertRefused(WriteQueue.Refusal.STANDSTILL, 1);
        release.countDown();
        assertThat(holder.get()).isEqualTo("held");
        assertThat(early.get()).isEqualTo("early");
        writing("again").get();
        assertThat(commits.standstill()).isZero();
        assertThat(commits.refuses()).isFalse();
    }

    @Test
    void where_nothing_can_be_committed_one_at_a_time_tries_and_the_first_that_can_ends_it() throws Exception {
        store.failure = new IOException("no space");
        fail();
        pass(STANDSTILL);
        fail(); // nobody else tried
        CompletableFuture<String> trying = hold();
        assertThat(commits.standstill()).isEqualTo(STANDSTILL);
        assertThatThrownBy(() -> commits.write(session -> "beside")).hasMessageContaining("nothing was written");
        store.failure = null;
        release.countDown();
        assertThat(trying.get()).isEqualTo("held");
        assertThat(commits.standstill()).isZero();
        writing("again").get();
        assertThat(commits.refused(WriteQueue.Refusal.NOT_DURABLE)).isEqualTo(2);
        assertThat(commits.refused(WriteQueue.Refusal.STANDSTILL)).isEqualTo(1);
    }

    private void fail() {
        assertThatThrownBy(() -> commits.write(session -> "never")).hasMessageContaining("could not be made durable");
    }

    @Test
    void a_probe_waits_no_longer_than_may_be_tried_in_vain() throws Exception {
        commits.close();
        commits = commits(Duration.ofSeconds(3));
        CompletableFuture<String> holder = hold();
        assertThatThrownBy(() -> commits.probe(session -> "probe"))
                .hasMessage("the write took longer than 1000 ms; nothing was written");
        assertThat(holder).isNotDone();
        assertRefused(WriteQueue.Refusal.TIMED_OUT, 1);
    }

    @Test
    void a_caller_that_gave_up_is_told_whether_anything_may_have_been_written() throws Exception {
        commits.close();
        commits = commits(SOON);
        CompletableFuture<String> holder = hold();
        assertThatThrownBy(() -> commits.write(session -> {
                    session.add("late");
                    return "late";
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("nothing was written");
        assertThatThrownBy(holder::get).hasMessageContaining("it may have been written");
        release.countDown();
        commits.close();
        assertThat(store.durable).containsExactly(List.of());
    }

    @Test
    void when_a_commit_fails_every_task_is_undone_and_every_caller_refused() throws Exception {
        hold();
        AtomicInteger undone = new AtomicInteger();
        WriteTask<List<String>, String> task = new WriteTask<>() {
            @Override
            public String run(List<String> session) {
                return "done";
            }

            @Override
            public void undone() {
                undone.incrementAndGet();
            }
        };
        List<CompletableFuture<String>> callers = List.of(writing(task), writing(task));
        store.failure = new IOException("disk full");
        release.countDown();
        for (CompletableFuture<String> caller : callers) {
            assertThatThrownBy(caller::get).hasCauseInstanceOf(StoreUnavailableException.class);
        }
        assertThat(undone).hasValue(2);
        store.failure = null;
        String again = commits.write(session -> "again");
        assertThat(again).isEqualTo("again");
    }

    @Test
    void closing_writes_what_waits_lets_go_of_the_store_and_refuses_what_comes() throws Exception {
        hold();
        CompletableFuture<String> waiting = writing("waiting");
        CompletableFuture<Boolean> closing = onThread(() -> {
            commits.close();
            return true;
        });
        release.countDown();
        closing.get();
        assertThat(waiting.get()).isEqualTo("waiting");
        assertThat(store.closed).isTrue();
        assertThatThrownBy(() -> commits.write(session -> "late")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void closing_waits_no_longer_than_callers_do_where_the_store_hangs_and_no_more_may_wait() throws Exception {
        commits.close();
        commits = commits(SOON);
        hold();
        List.of("a", "b", "c").forEach(this::writing);
        CompletableFuture.runAsync(commits::close).get(10, TimeUnit.SECONDS);
    }
}
