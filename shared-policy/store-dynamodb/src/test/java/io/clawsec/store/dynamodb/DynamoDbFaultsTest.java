package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clawsec.testkit.AppendsUnderFault;
import io.clawsec.testkit.FaultyLink;
import io.clawsec.testkit.ForkedAppends;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What lies between the store, as patient as it is in production, and the service goes wrong under load. */
@Timeout(600)
@Isolated("it measures how long recovery takes")
class DynamoDbFaultsTest {

    private static final long SEED = 47;
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration WHILE = Duration.ofSeconds(2);
    private static final int RESETS = 5;
    private static final int MOST_READS_UNTIL_RESET = 50;
    private static final int WEB_PORT = 80;
    private static final long MOST_SECONDS = 30;
    private static final String THROTTLED = "ProvisionedThroughputExceededException";
    private static final String THROTTLED_BODY =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + THROTTLED + "\",\"message\":\"slow down\"}";

    private final Random random = new Random(SEED);
    private final Stores stores = new Stores();
    private FaultyLink link;
    private DynamoDbStore store;
    private AppendsUnderFault appends;

    @BeforeEach
    void open() {
        URI endpoint = stores.url().endpoint().orElseThrow();
        assumeTrue("http".equals(endpoint.getScheme()), "skipped: what is encrypted cannot be looked into");
        int port = endpoint.getPort() < 0 ? WEB_PORT : endpoint.getPort();
        link = FaultyLink.to(
                        new InetSocketAddress(endpoint.getHost(), port), () -> DynamoDbFaultsTest::beginsTransaction)
                .http();
        store = DynamoDbStore.open(through());
        appends = new AppendsUnderFault(store.audit(), stores.mine().audit(), SEED);
    }

    /** The same tables, through the link. */
    private DynamoDbUrl through() {
        return new DynamoDbUrl(
                stores.url().prefix(),
                stores.url().region(),
                Optional.of(URI.create("http://127.0.0.1:" + link.port())));
    }

    private static boolean beginsTransaction(byte[] sent) {
        return new String(sent, StandardCharsets.ISO_8859_1).contains("DynamoDB_20120810.TransactWriteItems");
    }

    @AfterEach
    void close() {
        if (link != null) { // it was not skipped
            store.close();
            link.close();
        }
        stores.close();
    }

    private static void await(CountDownLatch done) throws InterruptedException {
        assertThat(done.await(MOST_SECONDS, TimeUnit.SECONDS))
                .as("the fault happened, seed %d", SEED)
                .isTrue();
    }

    /** The fault itself lasts; nothing is waited for. */
    private static void last() throws InterruptedException {
        new CountDownLatch(1).await(WHILE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void a_slow_network_loses_nothing() throws Exception {
        appends.rounds("DynamoDB, 200 ms more each way", round -> {
            link.delay(LATENCY, LATENCY);
            appends.awaitAcknowledged(16); // it goes on meanwhile
            link.delay(Duration.ZERO, Duration.ZERO);
        });
    }

    @Test
    void resets_at_any_moment_lose_nothing() throws Exception {
        appends.rounds("DynamoDB, " + RESETS + " resets at random moments", round -> {
            for (int i = 0; i < RESETS; i++) {
                await(link.resetAfter(1 + random.nextInt(MOST_READS_UNTIL_RESET)));
            }
        });
    }

    @Test
    void resets_in_mid_commit_lose_nothing() throws Exception {
        appends.rounds("DynamoDB, " + RESETS + " resets in mid-commit", round -> {
            for (int i = 0; i < RESETS; i++) {
                await(link.resetInMidCommit());
            }
        });
    }

    @Test
    void a_service_that_refuses_for_a_while_is_written_to_again() throws Exception {
        appends.rounds("DynamoDB, refused for 2 s", round -> {
            link.refuse();
            last();
            link.accept();
        });
    }

    @Test
    void a_service_that_throttles_for_a_while_is_written_to_again() throws Exception {
        appends.rounds("DynamoDB, throttled for 2 s", round -> {
            link.answerHttp(400, THROTTLED_BODY);
            last();
            assertThat(link.answersOfItsOwn()).as("calls that were throttled").isPositive();
            link.forwardHttp();
        });
    }

    @Test
    void a_process_that_is_killed_in_mid_commit_leaves_whole_chains() throws Exception {
        DynamoDbUrl through = through();
        String url = "dynamodb://" + through.prefix() + "?region="
                + through.region().orElseThrow() + "&endpoint="
                + through.endpoint().orElseThrow();
        AppendsUnderFault beside =
                new AppendsUnderFault(stores.mine().audit(), stores.another().audit(), SEED);
        beside.rounds("DynamoDB, kill -9 of another writer in mid-commit", round -> {
            try (ForkedAppends writer = ForkedAppends.start(url, SEED + 1 + round)) {
                writer.awaitAcknowledged(16).forEach(beside::alsoAcknowledged);
                await(link.inMidCommit(writer::kill));
                writer.rest().forEach(beside::alsoAcknowledged);
            }
        });
    }
}
