package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.UnreadableRecordException;
import io.clawsec.testkit.ManyCallers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of bad tokens beside a caller with a good one, from one address. What it does to that caller's latency is
 * measured by {@link FloodLatency}, not here.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class FloodIT {

    private static final int REQUESTS = 10_000;
    private static final int CONNECTIONS = 16;

    /** Of one address and minute, by the contract; and one count. */
    private static final int SINGLES = 20;

    /** In the ten seconds and more that the flood takes. */
    private static final int LEAST_ANSWERS = 50;

    private static final Set<String> KINDS = Set.of(
            "expired",
            "another audience",
            "an unknown key",
            "signed with another secret",
            "alg none without a signature",
            "half a signature",
            "a word");

    /** Without limits: nobody whose token is good is refused. */
    private static final String ROLES =
            "roles: {developer: {description: Asks., permissions: ['query:submit', 'output:read']}}";

    @TempDir
    Path folder;

    @Test
    void a_flood_leaves_a_short_trail_that_tells_of_every_bad_token_and_costs_nobody_an_answer() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("policy")).resolve("roles.yaml"), ROLES);
        String secret = RunningClawSec.unique("signing-secret");
        Map<String, String> settings =
                Map.of("CLAWSEC_POLICY_DIR", folder.resolve("policy").toString(), "JWT_SECRET_KEY", secret);
        long firstMinute = minute();
        List<UUID> answered;
        try (ServerProcess server = ServerProcess.start(folder, settings);
                QueryLoad valid = new QueryLoad()) {
            String token = QueryLoad.token(server, "alice", "developer");
            valid.begin(1, server, token);
            valid.awaitAnswers(1);
            flood(server, token, secret);
            valid.end();
            assertThat(valid.otherStatuses()).as("refused with a good token").isEmpty();
            assertThat(valid.brokenOff()).isZero();
            answered = valid.answered();
            assertThat(server.stop()).isIn(0, 128 + 15);
        }
        assertThat(answered).hasSizeGreaterThan(LEAST_ANSWERS);
        holds(AuditFile.in(folder), answered, minute() - firstMinute + 1);
    }

    private static long minute() {
        return System.currentTimeMillis() / 60_000;
    }

    private static void flood(ServerProcess server, String good, String secret) {
        List<Ask> asks = UnsoundToken.ofSecret(secret)
                .filter(token -> KINDS.contains(token.name()))
                .map(token -> token.forge().apply(ForgedToken.of(good, secret)))
                .map(token -> Ask.post("/query")
                        .bearer(token)
                        .with("Connection", "keep-alive")
                        .json("{\"prompt\":\"Hello\"}"))
                .toList();
        assertThat(asks).hasSameSizeAs(KINDS);
        AtomicInteger left = new AtomicInteger(REQUESTS);
        List<Integer> refused = ManyCallers.run(CONNECTIONS, caller -> {
            int mine = 0;
            Wire wire = new Wire(server.port());
            for (int n = left.getAndDecrement(); n > 0; n = left.getAndDecrement()) {
                wire.send(asks.get(n % asks.size()).bytes(server.port()));
                Reply reply = wire.reply();
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.field("code")).isEqualTo("invalid_token");
                assertThat(reply.field("request_id")).isEqualTo(reply.header("X-Request-Id"));
                mine++;
                if (reply.header("Connection").equals("close")) {
                    wire.close();
                    wire = new Wire(server.port());
                }
            }
            wire.close();
            return mine;
        });
        assertThat(refused.stream().mapToInt(count -> count).sum()).isEqualTo(REQUESTS);
    }

    private static void holds(AuditFile audit, List<UUID> answered, long minutes) {
        assertThat(audit.requests(EventType.LLM_QUERY)).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(audit.unsettled()).isEmpty();
        List<StoredRecord> failures = audit.records().stream()
                .filter(record -> record.indexed().type().equals("auth_failure"))
                .toList();
        assertThat(failures).hasSizeBetween(SINGLES + 1, (int) minutes * (SINGLES + 1));
        assertThat(failures.stream().mapToLong(FloodIT::told).sum())
                .as("bad tokens that the audit tells of")
                .isEqualTo(REQUESTS);
        assertThat(audit.records()).as("nothing else but the token").hasSize(answered.size() + failures.size() + 1);
        assertThat(audit.verification().problems()).isEmpty();
        System.out.printf(
                "FloodIT: %d bad tokens, %d events of them, %d answers meanwhile%n",
                REQUESTS, failures.size(), answered.size());
    }

    /** How many bad tokens an event tells of. */
    private static long told(StoredRecord record) {
        try {
            Object count = AuditRecord.parse(record.bytes()).event().metadata().getOrDefault("count", 1L);
            return ((Number) count).longValue();
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }
}
