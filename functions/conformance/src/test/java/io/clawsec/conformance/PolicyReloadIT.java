package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Policy files that change under a running server: what is in force, when, and what is told of it. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit and the set-up set the fields
class PolicyReloadIT {

    private static final String ROLES =
            Clone.text(Clone.TOP.resolve("shared-policy/core/src/main/resources/policy/roles.yaml"));
    private static final int LIFTED = 1_000_000;

    /** A rule that no packaged file has. */
    private static final String PII = """
            category: pii
            rules:
              - id: harbour-pass
                label: HARBOUR_PASS
                description: The number of a pass of the harbour.
                patterns: ['\\bHP-\\d{6}\\b']
                examples: {match: ['HP-123456'], no_match: ['HP-1']}
            """;

    private static final String PROMPT = "{\"prompt\":\"What does the pass HP-123456 open?\"}";

    /** A change counts within five seconds; a loaded machine may take its time to compile the rules. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path policy;
    private ServerProcess server;

    @BeforeEach
    void makeFolder() throws IOException {
        policy = Files.createDirectory(folder.resolve("policy"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void start() throws Exception {
        server = ServerProcess.start(folder, Map.of("CLAWSEC_POLICY_DIR", policy.toString()));
    }

    /** The packaged roles, with another limit for agents and hardly any for developers. */
    private static String roles(int agentsAnHour) {
        return ROLES.replace("requests_per_hour: 100", "requests_per_hour: " + agentsAnHour)
                .replace("requests_per_hour: 500", "requests_per_hour: " + LIFTED)
                .replace("burst_per_minute: 300", "burst_per_minute: " + LIFTED);
    }

    /** The policy that a response names. */
    private String hash() throws IOException {
        return server.send(Ask.get("/health")).header("X-Clawsec-Policy");
    }

    private String awaitAnotherThan(String before) throws IOException {
        return await(() -> hash(), hash -> !hash.equals(before));
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T await(Question<T> question, Predicate<T> wanted) throws IOException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        T answer = question.ask();
        while (!wanted.test(answer)) {
            assertThat(System.nanoTime() - deadline)
                    .as("%s after %s: %s", answer, LONGEST_WAIT, server.output())
                    .isNegative();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = question.ask();
        }
        return answer;
    }

    private String token(String user, String role) throws Exception {
        return QueryLoad.token(server, user, role);
    }

    private Reply ask(String token) throws IOException {
        return server.send(Ask.post("/query").bearer(token).json(PROMPT));
    }

    @Test
    void roles_limits_and_rules_are_in_force_together_and_nothing_fails_meanwhile() throws Exception {
        Files.writeString(policy.resolve("roles.yaml"), roles(LIFTED));
        start();
        String before = hash();
        String agent = token("alice", "agent");
        assertThat(redactions(ask(agent))).isEmpty();
        try (QueryLoad load = new QueryLoad()) {
            load.begin(4, server, token("dora", "developer"));
            load.awaitAnswers(20);
            Files.writeString(policy.resolve("roles.yaml"), roles(3));
            Files.writeString(policy.resolve("pii.yaml"), PII);
            String after = awaitAnotherThan(before);

            Reply reply = ask(agent); // the second of the hour
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.header("X-Clawsec-Policy")).isEqualTo(after);
            assertThat(reply.header("RateLimit-Limit")).isEqualTo("3");
            assertThat(Clone.<String>at(reply.json(), "receipt", "policy")).startsWith(after);
            assertThat(redactions(reply)).containsExactly("[HARBOUR_PASS-REDACTED]");
            assertThat(ask(agent).status()).isEqualTo(200);
            assertThat(ask(agent).status()).isEqualTo(429);

            load.awaitAnswers(20);
            load.end();
            assertThat(load.otherStatuses()).isEmpty();
            assertThat(load.brokenOff()).isZero();
            theChangeIsInTheAuditOnce(before, after);
        }
    }

    private static List<String> redactions(Reply reply) {
        return Clone.at(reply.json(), "pii_redacted", "input");
    }

    private void theChangeIsInTheAuditOnce(String before, String after) throws Exception {
        String auditor = token("ann", "auditor");
        Reply shown = server.send(Ask.get("/policy").bearer(auditor));
        assertThat(Clone.<String>at(shown.json(), "version")).startsWith(after);
        Reply events = server.send(Ask.get("/audit?event_type=policy_changed").bearer(auditor));
        List<Map<String, Object>> changes = Clone.at(events.json(), "events");
        assertThat(changes).hasSize(1);
        assertThat(Clone.<String>at(changes.get(0), "metadata", "changes", "version", "from"))
                .startsWith(before)
                .hasSize(64);
        assertThat(Clone.<String>at(changes.get(0), "metadata", "changes", "version", "to"))
                .startsWith(after)
                .hasSize(64);
        assertThat(server.output().lines().filter(line -> line.contains("the policy files have changed")))
                .hasSize(1);
        server.stop();
        AuditFile audit = AuditFile.in(folder);
        assertThat(audit.verification().problems()).isEmpty();
        assertThat(audit.requests(EventType.POLICY_CHANGED)).hasSize(1);
    }

    @Test
    void a_bad_version_leaves_the_last_good_one_until_it_is_mended() throws Exception {
        Files.writeString(policy.resolve("roles.yaml"), roles(10));
        start();
        String before = hash();
        String agent = token("alice", "agent");
        String auditor = token("ann", "auditor");
        Files.writeString(policy.resolve("roles.yaml"), "roles:\n  agent:\n    permissions: [everything]\n");
        await(() -> failing(auditor), "1.0"::equals);
        Reply reply = ask(agent);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("RateLimit-Limit")).isEqualTo("10");
        assertThat(reply.header("X-Clawsec-Policy")).isEqualTo(before);
        assertThat(server.send(Ask.get("/health/ready")).status()).isEqualTo(200);
        aStartHasNoLastGoodVersion();

        Files.writeString(policy.resolve("roles.yaml"), roles(11));
        awaitAnotherThan(before);
        assertThat(ask(agent).header("RateLimit-Limit")).isEqualTo("11");
        assertThat(failing(auditor)).isEqualTo("0.0");
        assertThat(server.output().lines().filter(line -> line.contains("roles.yaml:3: unknown permission everything")))
                .as("told once")
                .hasSize(1);
    }

    private void aStartHasNoLastGoodVersion() throws Exception {
        ServerProcess.Ended ended =
                ServerProcess.startRefused(Program.ALL_IN_ONE, folder, Map.of("CLAWSEC_POLICY_DIR", policy.toString()));
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        assertThat(ended.output()).contains("roles.yaml:3: unknown permission everything");
    }

    private String failing(String auditor) throws IOException {
        return server.send(Ask.get("/metrics").bearer(auditor))
                .text()
                .lines()
                .filter(line -> line.startsWith("clawsec_policy_reload_failed "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElse("no such metric");
    }

    /** As Kubernetes mounts a ConfigMap; the two versions differ in nothing but their content. */
    @Test
    void a_folder_whose_links_are_swapped_is_read_again() throws Exception {
        for (int version = 1; version <= 2; version++) {
            Path data = Files.createDirectory(policy.resolve("..2026_" + version));
            Path file = Files.writeString(data.resolve("roles.yaml"), roles(10 + version));
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        }
        Files.createSymbolicLink(policy.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(policy.resolve("roles.yaml"), Path.of("..data/roles.yaml"));
        start();
        String before = hash();
        String agent = token("alice", "agent");
        assertThat(ask(agent).header("RateLimit-Limit")).isEqualTo("11");
        Files.createSymbolicLink(policy.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(policy.resolve("..data_tmp"), policy.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        awaitAnotherThan(before);
        assertThat(ask(agent).header("RateLimit-Limit")).isEqualTo("12");
    }
}
