package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.EventType;
import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was answered is in the audit, whatever then happens to the process. */
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class DurabilityIT {

    private static final int ROUNDS = 10;
    private static final int THREADS = 16;

    /** Answers that a round has at least before its server is killed, and how many more it may have. */
    private static final int LEAST_ANSWERS = 20;

    private static final int MORE_ANSWERS = 120;
    private static final int MOST_MORE_MICROS = 5_000;

    private static final int HOURLY_LIMIT = 50;

    /** The developer has no limit at all; the agent has one that is soon reached. */
    private static final String ROLES = """
            roles:
              developer:
                description: Asks as fast as it likes.
                permissions: ['query:submit', 'output:read']
              agent:
                description: Asks %d times an hour.
                permissions: ['query:submit', 'output:read']
                requests_per_hour: %d
            """.formatted(HOURLY_LIMIT, HOURLY_LIMIT);

    @TempDir
    Path folder;

    @BeforeEach
    void writeRoles() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("policy")).resolve("roles.yaml"), ROLES);
    }

    private ServerProcess start() throws IOException, InterruptedException {
        return ServerProcess.start(
                folder, Map.of("CLAWSEC_POLICY_DIR", folder.resolve("policy").toString()));
    }

    @Test
    void two_hundred_parallel_queries_make_two_hundred_events() throws Exception {
        List<UUID> answered;
        try (ServerProcess server = start();
                QueryLoad load = new QueryLoad()) {
            String token = QueryLoad.token(server, "alice", "developer");
            List<Optional<UUID>> answers = ManyCallers.run(200, caller -> load.ask(server, token));
            answered = answers.stream().flatMap(Optional::stream).toList();
            server.stop();
        }
        assertThat(answered).hasSize(200).doesNotHaveDuplicates();
        AuditFile audit = AuditFile.in(folder);
        assertThat(audit.requests(EventType.LLM_QUERY)).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(audit.verification().problems()).isEmpty();
        assertThat(audit.unsettled()).isEmpty();
    }

    @Test
    void ten_kills_under_load_lose_no_event_of_an_answered_request() throws Exception {
        long seed = System.nanoTime();
        System.out.println("DurabilityIT: the moments of the kills come from seed " + seed);
        Random random = new Random(seed);
        List<UUID> answered = new ArrayList<>();
        int brokenOff = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = start();
                    QueryLoad load = new QueryLoad()) {
                load.begin(THREADS, server, QueryLoad.token(server, "alice", "developer"));
                load.awaitAnswers(LEAST_ANSWERS + random.nextInt(MORE_ANSWERS));
                LockSupport.parkNanos(random.nextInt(MOST_MORE_MICROS) * 1_000L);
                server.kill();
                load.end();
                assertThat(load.otherStatuses()).isEmpty();
                answered.addAll(load.answered());
                brokenOff += load.brokenOff();
            }
        }
        AuditFile audit = AuditFile.in(folder);
        List<UUID> recorded = audit.requests(EventType.LLM_QUERY);
        System.out.printf(
                "DurabilityIT: %d answered, %d broken off, %d llm_query events, %d reservations unsettled, %d chains%n",
                answered.size(),
                brokenOff,
                recorded.size(),
                audit.unsettled().size(),
                audit.verification().writers());
        assertThat(brokenOff).as("the kills hit requests under way").isGreaterThanOrEqualTo(ROUNDS);
        assertThat(answered).hasSizeGreaterThanOrEqualTo(ROUNDS * LEAST_ANSWERS).doesNotHaveDuplicates();
        assertThat(recorded).as("no event twice").doesNotHaveDuplicates().containsAll(answered);
        assertThat(audit.verification().problems()).isEmpty();
        assertThat(audit.verification().writers()).isEqualTo(ROUNDS);
        // What was under way leaves an event or a reservation that says who asked, or it was never admitted.
        assertThat(recorded.size() - answered.size()).isBetween(0, brokenOff);
        assertThat(audit.unsettled()).hasSizeLessThanOrEqualTo(ROUNDS * THREADS);
        assertThat(audit.unsettled())
                .allSatisfy(left -> assertThat(left.userId()).isEqualTo("alice"));
    }

    @Test
    void two_processes_on_one_file_keep_limits_exactly_and_lose_no_event() throws Exception {
        List<UUID> answered = new ArrayList<>();
        try (ServerProcess one = start();
                ServerProcess other = start();
                QueryLoad limited = new QueryLoad();
                QueryLoad unlimited = new QueryLoad()) {
            String developer = QueryLoad.token(one, "dora", "developer");
            unlimited.begin(THREADS / 2, one, developer);
            unlimited.begin(THREADS / 2, other, developer); // the secret in the data folder is the same
            Asked asked = askWithinOneHour(limited, one, other);
            unlimited.awaitAnswers(100);
            unlimited.end();
            assertThat(asked.granted()).hasSize(HOURLY_LIMIT);
            assertThat(limited.otherStatuses()).containsOnly(429);
            assertThat(unlimited.otherStatuses()).isEmpty();
            assertThat(unlimited.brokenOff()).isZero();
            answered.addAll(limited.answered());
            answered.addAll(unlimited.answered());
            one.stop();
            other.stop();
            AuditFile audit = AuditFile.in(folder);
            assertThat(audit.requests(EventType.LLM_QUERY)).containsExactlyInAnyOrderElementsOf(answered);
            assertThat(audit.requests(EventType.RATE_LIMITED))
                    .hasSameSizeAs(limited.otherStatuses())
                    .doesNotHaveDuplicates();
            assertThat(audit.verification().problems()).isEmpty();
            assertThat(audit.verification().writers()).isEqualTo(2);
            assertThat(audit.unsettled()).isEmpty();
        }
    }

    /** The requests of one principal that were granted. */
    private record Asked(Set<UUID> granted) {}

    /** Windows are clock hours: if one turns while the test asks, another principal asks again. */
    private static Asked askWithinOneHour(QueryLoad load, ServerProcess one, ServerProcess other) throws Exception {
        for (int principal = 0; ; principal++) {
            Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
            String token = QueryLoad.token(one, "anna-" + principal, "agent");
            Set<UUID> granted = new HashSet<>();
            ManyCallers.run(THREADS, caller -> askInTurn(load, caller % 2 == 0 ? one : other, token))
                    .forEach(granted::addAll);
            if (Instant.now().isBefore(hour.plus(Duration.ofHours(1)))) {
                return new Asked(granted);
            }
        }
    }

    private static List<UUID> askInTurn(QueryLoad load, ServerProcess server, String token) throws Exception {
        List<UUID> granted = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            load.ask(server, token).ifPresent(granted::add);
        }
        return granted;
    }

    @Test
    void a_server_that_is_told_to_end_under_load_ends_by_itself_and_loses_nothing() throws Exception {
        List<UUID> answered;
        try (ServerProcess server = start();
                QueryLoad load = new QueryLoad()) {
            load.begin(THREADS, server, QueryLoad.token(server, "alice", "developer"));
            load.awaitAnswers(LEAST_ANSWERS);
            assertThat(server.stop()).isIn(0, 128 + 15);
            load.end();
            assertThat(load.otherStatuses()).isEmpty();
            answered = load.answered();
        }
        AuditFile audit = AuditFile.in(folder);
        assertThat(audit.requests(EventType.LLM_QUERY)).doesNotHaveDuplicates().containsAll(answered);
        assertThat(audit.verification().problems()).isEmpty();
        assertThat(audit.unsettled()).as("what was admitted came to its end").isEmpty();
    }
}
