package io.clawsec.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.store.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How callers take turns, whatever they read. */
@Timeout(30)
class SqlReadersTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final CountDownLatch allReading = new CountDownLatch(SqlReaders.MOST);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    /** Has connections that hang until they are released, and break then. */
    private final class Hanging implements SqlReaders.Lender {
        @Override
        public <T> T lend(SqlReaders.Reading<T> reading) throws SQLException {
            allReading.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            throw new SQLException("broken");
        }
    }

    private static void read(SqlReaders readers) throws StoreUnavailableException {
        readers.read(connection -> "nothing");
    }

    private List<CompletableFuture<Throwable>> readEverywhere(SqlReaders readers) throws InterruptedException {
        List<CompletableFuture<Throwable>> reading = new ArrayList<>();
        for (int i = 0; i < SqlReaders.MOST; i++) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    read(readers);
                } catch (StoreUnavailableException e) {
                    ended.complete(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            reading.add(ended);
        }
        allReading.await();
        return reading;
    }

    @Test
    void who_waits_too_long_for_a_turn_is_refused_and_a_reading_that_breaks_gives_its_turn_back() throws Exception {
        SqlReaders readers = new SqlReaders(new Hanging(), SOON);
        List<CompletableFuture<Throwable>> reading = readEverywhere(readers);
        assertThatThrownBy(() -> read(readers)).hasMessage("all readers are busy");
        release.countDown();
        for (CompletableFuture<Throwable> each : reading) {
            assertThat(each.get()).hasMessage("the database cannot be read").hasCauseInstanceOf(SQLException.class);
        }
        for (int i = 0; i <= SqlReaders.MOST; i++) {
            assertThatThrownBy(() -> read(readers)).hasMessage("the database cannot be read");
        }
    }

    @Test
    void an_interrupted_caller_is_refused_and_stays_interrupted() throws Exception {
        SqlReaders readers = new SqlReaders(new Hanging());
        readEverywhere(readers);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(readers)).isInstanceOf(StoreUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
