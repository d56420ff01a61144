package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.AppendsUnderFault;
import io.clawsec.testkit.FaultyLink;
import io.clawsec.testkit.ForkedAppends;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lies between the store and its server goes wrong under load. */
@Timeout(600)
class PostgresFaultsTest {

    private static final long SEED = 31;
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration REFUSAL = Duration.ofSeconds(2);
    private static final int RESETS = 5;
    private static final int MOST_READS_UNTIL_RESET = 200;
    private static final long MOST_SECONDS = 30;

    private final Random random = new Random(SEED);
    private final TestDatabase database = new TestDatabase();
    private FaultyLink link;
    private PostgresStore store;
    private AppendsUnderFault appends;

    @BeforeEach
    void open() {
        PostgresUrl url = database.runtime();
        String server = url.place().substring(0, url.place().indexOf('/'));
        int colon = server.lastIndexOf(':');
        link = FaultyLink.to(
                new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))),
                CommitsOnTheWire::new);
        store = PostgresStore.open(new PostgresUrl(place(url), url.properties(), false));
        appends = new AppendsUnderFault(store.audit(), database.mine().audit(), SEED);
    }

    /** The same database, through the link. */
    private String place(PostgresUrl url) {
        return "127.0.0.1:" + link.port() + url.place().substring(url.place().indexOf('/'));
    }

    @AfterEach
    void close() {
        store.close();
        link.close();
        database.close();
    }

    private static void await(CountDownLatch done) throws InterruptedException {
        assertThat(done.await(MOST_SECONDS, TimeUnit.SECONDS))
                .as("the fault happened, seed %d", SEED)
                .isTrue();
    }

    @Test
    void a_slow_network_loses_nothing() throws Exception {
        appends.rounds("PostgreSQL, 200 ms more each way", round -> {
            link.delay(LATENCY, LATENCY);
            appends.awaitAcknowledged(16); // it goes on meanwhile
            link.delay(Duration.ZERO, Duration.ZERO);
        });
    }

    @Test
    void resets_at_any_moment_lose_nothing() throws Exception {
        appends.rounds("PostgreSQL, " + RESETS + " resets at random moments", round -> {
            for (int i = 0; i < RESETS; i++) {
                await(link.resetAfter(1 + random.nextInt(MOST_READS_UNTIL_RESET)));
            }
        });
    }

    @Test
    void resets_in_mid_commit_lose_nothing() throws Exception {
        appends.rounds("PostgreSQL, " + RESETS + " resets in mid-commit", round -> {
            for (int i = 0; i < RESETS; i++) {
                await(link.resetInMidCommit());
            }
        });
    }

    @Test
    void a_server_that_refuses_for_a_while_is_written_to_again() throws Exception {
        appends.rounds("PostgreSQL, refused for 2 s", round -> {
            link.refuse();
            appends.awaitRefused(1);
            new CountDownLatch(1).await(REFUSAL.toMillis(), TimeUnit.MILLISECONDS); // the fault itself lasts
            link.accept();
        });
    }

    @Test
    void a_process_that_is_killed_in_mid_commit_leaves_whole_chains() throws Exception {
        String url = database.runtimeText().replaceAll("@[^/]*/", "@127.0.0.1:" + link.port() + "/");
        AppendsUnderFault beside = new AppendsUnderFault(
                database.mine().audit(), database.another().audit(), SEED);
        beside.rounds("PostgreSQL, kill -9 of another writer in mid-commit", round -> {
            try (ForkedAppends writer = ForkedAppends.start(url, SEED + 1 + round)) {
                writer.awaitAcknowledged(16).forEach(beside::alsoAcknowledged);
                await(link.inMidCommit(writer::kill));
                writer.rest().forEach(beside::alsoAcknowledged);
            }
        });
    }
}
