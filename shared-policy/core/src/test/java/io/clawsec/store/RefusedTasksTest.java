package io.clawsec.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store of several transactions a batch, which tells each caller by itself what became of its own task. */
@Timeout(30)
class RefusedTasksTest {

    private final AtomicLong nanos = new AtomicLong();
    private final GroupCommit<String> commits = new GroupCommit<>(
            new TaskByTask(), new GroupCommit.Bounds(3, 16, Duration.ofSeconds(21)), "test-writer", nanos::get);

    private static final class TaskByTask implements BatchCommit<String> {
        @Override
        public void commit(List<WriteJob<String, ?>> batch) {
            batch.forEach(job -> job.run("session"));
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        commits.close();
    }

    private void refuse() {
        assertThatThrownBy(() -> commits.write(session -> {
                    throw new StoreUnavailableException("not now", null);
                }))
                .hasMessage("not now");
        nanos.incrementAndGet();
    }

    @Test
    void a_batch_of_which_every_task_was_refused_is_in_vain() throws Exception {
        refuse();
        assertThat(commits.standstill()).isEqualTo(Duration.ofNanos(1));
        refuse();
        assertThat(commits.standstill()).isEqualTo(Duration.ofNanos(2));
        assertThat(commits.batches()).isZero();
        String written = commits.write(session -> session);
        assertThat(written).isEqualTo("session");
        assertThat(commits.standstill()).isZero();
    }

    @Test
    void a_task_that_fails_by_its_own_fault_shows_a_store_that_answers() {
        refuse();
        assertThatThrownBy(() -> commits.write(session -> {
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
        assertThat(commits.standstill()).isZero();
    }
}
