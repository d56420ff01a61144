package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.Verification;
import io.clawsec.store.StoreUnavailableException;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when something goes wrong between a caller and the disk. */
@Timeout(30)
class SqliteWriterTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AuditSamples samples = new AuditSamples(5);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private EmbeddedStore store;

    @BeforeEach
    void open() {
        store = open(new SqliteWriter.Bounds(4, 16, LONG, LONG));
    }

    private EmbeddedStore open(SqliteWriter.Bounds bounds) {
        return EmbeddedStore.open(folder.resolve("clawsec.db"), UUID::randomUUID, bounds);
    }

    @AfterEach
    void close() {
        release.countDown();
        store.close();
    }

    /** Keeps the writer busy until it is released, so that what comes now waits for one common batch. */
    private CompletableFuture<Boolean> holdWriter() throws InterruptedException {
        CompletableFuture<Boolean> holder = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return store.writer().write(session -> {
                            held.countDown();
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return true;
                        });
                    } catch (StoreUnavailableException e) {
                        throw new IllegalStateException(e);
                    }
                },
                SqliteWriterTest::onThread);
        held.await();
        return holder;
    }

    private static void onThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private CompletableFuture<Void> appending(AuditEvent... events) {
        int waiting = store.queue().waiting();
        CompletableFuture<Void> append =
                CompletableFuture.runAsync(() -> store.audit().append(List.of(events)), SqliteWriterTest::onThread);
        while (store.queue().waiting() == waiting && !append.isDone()) {
            Thread.onSpinWait();
        }
        return append;
    }

    private AuditEvent tooLong() {
        AuditEvent event = samples.event();
        return new AuditEvent(
                event.id(),
                event.timestamp(),
                event.type(),
                event.userId(),
                event.role(),
                event.action(),
                event.resource(),
                event.outcome(),
                event.policyViolations(),
                Map.of("long", "x".repeat(AuditRecord.MOST_BYTES)),
                event.ipAddress(),
                event.requestId());
    }

    private void assertVerifies(long events) {
        assertThat(AuditVerifier.verify(store.audit()))
                .isEqualTo(new Verification(events, events == 0 ? 0 : 1, List.of()));
    }

    @Test
    void one_bad_row_does_not_fail_its_batch() throws Exception {
        holdWriter();
        AuditEvent twice = samples.event();
        CompletableFuture<Void> first = appending(twice);
        CompletableFuture<Void> duplicate = appending(samples.event(), twice);
        CompletableFuture<Void> impossible = appending(samples.event(), tooLong());
        CompletableFuture<Void> last = appending(samples.event());
        long before = store.writer().batches();
        release.countDown();
        first.get();
        last.get();
        assertThatThrownBy(duplicate::get).hasCauseInstanceOf(DuplicateEventException.class);
        assertThatThrownBy(impossible::get).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(store.writer().batches())
                .as("the held one, and one for the four")
                .isEqualTo(before + 2);
        assertVerifies(2);
    }

    @Test
    void a_full_queue_refuses_at_once_and_takes_in_again_later() throws Exception {
        holdWriter();
        List<CompletableFuture<Void>> waiting = List.of(
                appending(samples.event()),
                appending(samples.event()),
                appending(samples.event()),
                appending(samples.event()));
        assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("waiting already");
        assertThatThrownBy(() -> store.usage().settle(samples.uuid())).isInstanceOf(UsageUnavailableException.class);
        release.countDown();
        for (CompletableFuture<Void> append : waiting) {
            append.get();
        }
        store.audit().append(List.of(samples.event()));
        assertVerifies(5);
    }

    @Test
    void a_caller_that_waited_too_long_is_refused_and_nothing_of_it_is_written_later() throws Exception {
        store.close();
        store = open(new SqliteWriter.Bounds(4, 16, A_WHILE, LONG));
        CompletableFuture<Boolean> holder = holdWriter();
        assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("nothing was written");
        assertThatThrownBy(holder::get)
                .as("the one that held the writer was under way")
                .hasMessageContaining("may have been written");
        release.countDown();
        while (store.queue().refuses()) {
            Thread.onSpinWait();
        }
        store.audit().probe();
        assertVerifies(0);
    }

    @Test
    void an_interrupted_caller_is_refused_and_stays_interrupted() throws Exception {
        holdWriter();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void when_a_commit_fails_every_caller_of_the_batch_learns_it_and_the_chain_has_no_hole() throws Exception {
        store.audit().append(List.of(samples.event()));
        store.writer().write(session -> {
            session.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
            session.execute("CREATE TABLE child (of INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
            return true;
        });
        holdWriter();
        CompletableFuture<Void> before = appending(samples.event());
        CompletableFuture<Void> breaking = CompletableFuture.runAsync(
                () -> {
                    try {
                        store.writer().write(session -> {
                            session.execute("INSERT INTO child VALUES (7)"); // noticed by COMMIT only
                            return true;
                        });
                    } catch (StoreUnavailableException e) {
                        throw new IllegalStateException(e);
                    }
                },
                SqliteWriterTest::onThread);
        while (store.queue().waiting() < 2) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> after = appending(samples.event());
        release.countDown();
        for (CompletableFuture<Void> caller : List.of(before, breaking, after)) {
            assertThatThrownBy(caller::get).isInstanceOf(ExecutionException.class);
        }
        assertThatThrownBy(before::get).hasCauseInstanceOf(AuditUnavailableException.class);
        store.audit().append(List.of(samples.event()));
        assertVerifies(2);
    }

    @Test
    void another_process_that_holds_the_lock_too_long_makes_the_store_unavailable() throws Exception {
        store.close();
        store = open(new SqliteWriter.Bounds(4, 16, LONG, SOON));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("clawsec.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> store.audit().probe()).isInstanceOf(AuditUnavailableException.class);
            assertThatThrownBy(() -> store.usage()
                            .reserve(
                                    new Reservation(
                                            samples.uuid(), "ada", "ada", "agent", "/query", AuditSamples.START),
                                    List.of()))
                    .isInstanceOf(UsageUnavailableException.class);
            statement.execute("ROLLBACK");
        }
        store.audit().append(List.of(samples.event()));
        assertVerifies(1);
    }

    @Test
    void closing_writes_what_waits_and_refuses_what_comes() throws Exception {
        holdWriter();
        CompletableFuture<Void> waiting = appending(samples.event());
        Thread closing = new Thread(store::close);
        closing.start();
        release.countDown();
        closing.join();
        waiting.get();
        assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                .isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> store.audit().forEachRecord(record -> {}))
                .isInstanceOf(AuditUnavailableException.class);
        store.close();
        store = open(SqliteWriter.Bounds.USUAL);
        assertVerifies(1);
    }

    @Test
    void a_file_that_was_removed_or_replaced_is_not_written_to() throws Exception {
        Path file = folder.resolve("clawsec.db");
        store.audit().append(List.of(samples.event()));
        Path away = folder.resolve("away.db");
        Files.move(file, away);
        assertThatThrownBy(() -> store.audit().probe()).isInstanceOf(AuditUnavailableException.class);
        Files.createFile(file);
        assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                .isInstanceOf(AuditUnavailableException.class);
        Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
        store.audit().append(List.of(samples.event()));
        assertVerifies(2);
    }
}
