package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.EventType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A store that hangs and comes back, seen through the door: another process holds the database's write lock, as a disk
 * that does not answer would.
 */
@Timeout(60)
class HangingStoreIT {

    private static final int CALLERS = 8;
    private static final int LEAST_ANSWERS = 20;
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);
    private static final Ask READY = Ask.get("/health/ready");

    private final RunningClawSec server = RunningClawSec.start();
    private final Ask question = Ask.post("/query")
            .json("{\"prompt\":\"What is the capital of France?\"}")
            .bearer(server.token("administrator")); // who has no limits
    private final Queue<UUID> answered = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> others = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> answeredWhileHanging = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean hanging = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Thread> callers = new ArrayList<>();

    @AfterEach
    void stop() {
        ending.set(true);
        server.close();
    }

    @Test
    void what_cannot_be_recorded_is_refused_in_time_and_told_and_nothing_answered_is_lost() throws Exception {
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(this::askOn, "caller-" + i);
            callers.add(caller);
            caller.start();
        }
        await("answers", () -> answered.size() >= LEAST_ANSWERS);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + server.database());
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            hanging.set(true);
            assertThat(server.sendToManagement(READY).text())
                    .isEqualTo("{\"status\":\"unavailable\",\"checks\":{\"audit\":\"unavailable\"}}");
            assertThat(metric("store_standstill_seconds")).isGreaterThan(1);
            assertThat(metric("store_writes_waiting_max")).isGreaterThan(CALLERS);
            assertRefused(server.send(question));
            assertThat(metric("store_writes_refused_total{reason=\"standstill\"}"))
                    .isPositive();
            assertThat(server.sendToManagement(READY).status()).isEqualTo(503);
            await("refusals", () -> others.size() >= CALLERS);
            hanging.set(false);
            lock.execute("ROLLBACK");
        }
        int before = answered.size();
        await("answers again", () -> answered.size() >= before + LEAST_ANSWERS);
        end();
        await("readiness", () -> server.sendToManagement(READY).status() == 200);
        assertThat(metric("store_standstill_seconds")).isZero();
        assertThat(metric("fail_closed_total{code=\"audit_unavailable\"}")).isPositive();
        assertThat(answeredWhileHanging).isEmpty();
        assertThat(others).allSatisfy(HangingStoreIT::assertRefused);
        AuditFile audit = AuditFile.of(server.database());
        assertThat(audit.requests(EventType.LLM_QUERY)).doesNotHaveDuplicates().containsAll(answered);
        assertThat(audit.verification().problems()).isEmpty();
    }

    private void askOn() {
        while (!ending.get()) {
            boolean hung = hanging.get();
            Reply reply = server.send(question);
            if (reply.status() != 200) {
                others.add(reply);
            } else if (hung && hanging.get()) {
                answeredWhileHanging.add(reply);
            } else {
                answered.add(UUID.fromString(reply.header("X-Request-Id")));
            }
        }
    }

    private void end() throws InterruptedException {
        ending.set(true);
        for (Thread caller : callers) {
            caller.join(MOST_WAIT.toMillis());
            assertThat(caller.isAlive()).as("a caller hangs").isFalse();
        }
    }

    private static void assertRefused(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.field("code")).isIn("audit_unavailable", "limits_unavailable");
        assertThat(reply.text()).doesNotContain("\"response\"");
    }

    /** The value of a series, as it is scraped. */
    private double metric(String series) {
        String page = server.sendToManagement(Ask.get("/metrics")).text();
        return page.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in:\n" + page));
    }

    private static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + MOST_WAIT.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(deadline - System.nanoTime())
                    .as("waited too long for " + what)
                    .isPositive();
            Thread.onSpinWait();
        }
    }
}
