package io.clawsec.testkit;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Audit events from a seed: few users, types and requests, so that filters meet; equal times now and then, so that ties
 * do; texts of many scripts. The same seed gives the same events. Not safe for use by many threads.
 */
public final class AuditSamples {

    /** The time of the first event of every sample. */
    public static final Instant START = Instant.parse("2026-11-22T09:00:00.000001Z");

    private static final List<String> USERS =
            List.of("ada", "Zoë Ünïcode", "小明", "مرحبا", "😀@example.org", "o'brien\"; --", "%_\\");
    private static final List<String> ROLES = List.of("agent", "developer", "auditor", "administrator");
    private static final List<String> RULES = List.of("injection.ignore", "secret.aws_key", "pii.email", "pii.card");
    private static final int MOST_STEP_MICROS = 2_000_000;

    private final long seed;
    private final Random random;
    private Instant time = START;
    private UUID requestId;

    public AuditSamples(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.requestId = uuid();
    }

    /** What a failing test prints. */
    public long seed() {
        return seed;
    }

    /** The next event: not earlier than the one before, and every fourth or so at the same time. */
    public AuditEvent event() {
        if (random.nextInt(4) > 0) {
            time = time.plus(random.nextInt(MOST_STEP_MICROS), ChronoUnit.MICROS);
            requestId = uuid();
        }
        return eventAt(time);
    }

    /** An event at the given time. */
    public AuditEvent eventAt(Instant timestamp) {
        @Nullable String user = random.nextInt(8) == 0 ? null : pick(USERS);
        return new AuditEvent(
                uuid(),
                timestamp,
                pick(List.of(EventType.values())),
                user,
                user == null ? null : pick(ROLES),
                "query:submit",
                pick(List.of("/query", "/v1/chat/completions", "/token")),
                pick(List.of(EventOutcome.values())),
                RULES.subList(0, random.nextInt(RULES.size())),
                metadata(),
                random.nextInt(8) == 0 ? null : "2001:db8::" + Integer.toHexString(random.nextInt(0xffff)),
                requestId);
    }

    /** The next events, oldest first. */
    public List<AuditEvent> events(int count) {
        List<AuditEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event());
        }
        return events;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("prompt_length", (long) random.nextInt(32_768));
        metadata.put("sanitized", random.nextBoolean());
        metadata.put("note", pick(USERS) + "\u0000\u2028\n\t" + Character.toString(0x1F600 + random.nextInt(60)));
        metadata.put("tokens", Map.of("in", random.nextLong() >>> 1, "out", -1L));
        metadata.put("stages", List.of("input", List.of(1L, true)));
        return metadata;
    }

    /** A random UUID of this sample. */
    public UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T pick(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }
}
