package io.clawsec.bench;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Audit events as a busy service has them, from a seed: a thousand users, few kinds, the last thirty days. */
final class LoadEvents {

    /** One event in two thousand. */
    static final EventType RARE_TYPE = EventType.CONFIG_UPDATED;

    private static final int USERS = 1_000;
    private static final int RARITY = 2_000;
    private static final Duration SPAN = Duration.ofDays(30);
    private static final long SEED = 20_261_122;
    private static final List<EventType> TYPES = List.of(
            EventType.LLM_QUERY,
            EventType.LLM_QUERY,
            EventType.LLM_QUERY,
            EventType.LLM_QUERY,
            EventType.POLICY_VIOLATION,
            EventType.RATE_LIMITED,
            EventType.AUTH_FAILURE);

    private static final List<EventOutcome> REFUSED = List.of(EventOutcome.DENIED, EventOutcome.ERROR);

    private final Random random = new Random(SEED);

    /** Ids must differ from those of another run on the same store. */
    private final long run = UUID.randomUUID().getMostSignificantBits();

    private final Instant now;

    LoadEvents(Instant now) {
        this.now = now;
    }

    String user() {
        return "user-" + random.nextInt(USERS) + "@example.com";
    }

    Instant middle() {
        return now.minus(SPAN.dividedBy(2));
    }

    List<AuditEvent> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }

    synchronized AuditEvent next() {
        boolean rare = random.nextInt(RARITY) == 0;
        EventType type = rare ? RARE_TYPE : TYPES.get(random.nextInt(TYPES.size()));
        UUID requestId = new UUID(run ^ random.nextLong(), random.nextLong());
        return new AuditEvent(
                new UUID(run ^ random.nextLong(), random.nextLong()),
                now.minusMillis((long) (random.nextDouble() * SPAN.toMillis())),
                type,
                user(),
                "agent",
                "query:submit",
                "/query",
                type == EventType.LLM_QUERY ? EventOutcome.ALLOWED : REFUSED.get(random.nextInt(REFUSED.size())),
                type == EventType.POLICY_VIOLATION ? List.of("ignore-instructions") : List.of(),
                Map.of("prompt_length", (long) random.nextInt(2_000), "response_length", (long) random.nextInt(4_000)),
                "192.0.2." + random.nextInt(256),
                requestId);
    }
}
