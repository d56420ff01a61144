package io.clawsec.call;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.EventType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit's lane for callers whom nobody knows: a flood of bad tokens must neither fill the audit nor take the places of
 * known callers in the store's queue.
 *
 * <p>Of one address and kind the first {@value #SINGLES} events of a minute of the clock are kept singly; the rest are
 * counted, and the count becomes one event when a later minute's first stranger comes, or at the end of the process. At most
 * {@value #APPENDS_AT_ONCE} appends of strangers are under way at once; while there is no room, events are counted too.
 * Memory is bounded: past {@value #MOST_ADDRESSES} addresses a minute, the others share one count. Counts of a process that
 * is killed are lost; known callers' events never are. Safe for use by many threads.
 */
final class StrangerLane {

    static final int SINGLES = 20;
    static final int APPENDS_AT_ONCE = 4;
    static final int MOST_ADDRESSES = 1024;

    private static final int SECONDS_A_MINUTE = 60;

    private final Supplier<UUID> ids;
    private final Semaphore room = new Semaphore(APPENDS_AT_ONCE);
    private final Deque<AuditEvent> due = new ArrayDeque<>();
    private Map<Source, Tally> tallies = new HashMap<>();
    private long minute;

    private record Source(@Nullable String address, EventType type) {}

    /** What one source did in the running minute. */
    private static final class Tally {
        private int singles;
        private long counted;
        private @Nullable AuditEvent last;
    }

    StrangerLane(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /**
     * Hands over what the audit must keep before the caller may learn of its event: the event itself, counts of earlier
     * minutes, or nothing.
     *
     * @param append appends events and tells how that went; asked with an empty list too
     */
    <T> T append(AuditEvent event, Function<List<AuditEvent>, T> append) {
        boolean mayWrite = room.tryAcquire();
        try {
            return append.apply(toKeep(event, mayWrite));
        } finally {
            if (mayWrite) {
                room.release();
            }
        }
    }

    private synchronized List<AuditEvent> toKeep(AuditEvent event, boolean mayWrite) {
        turnTo(event.timestamp().getEpochSecond() / SECONDS_A_MINUTE, event.timestamp());
        Tally tally = tally(event);
        List<AuditEvent> keep = new ArrayList<>();
        if (mayWrite && tally.singles < SINGLES) {
            tally.singles++;
            keep.add(event);
        } else {
            tally.counted++;
            tally.last = event;
        }
        while (mayWrite && !due.isEmpty() && keep.size() < AuditRepository.MOST_AT_ONCE) {
            keep.add(due.removeFirst());
        }
        return keep;
    }

    private Tally tally(AuditEvent event) {
        Source source = new Source(event.ipAddress(), event.type());
        return tallies.size() < MOST_ADDRESSES || tallies.containsKey(source)
                ? tallies.computeIfAbsent(source, any -> new Tally())
                : tallies.computeIfAbsent(new Source(null, event.type()), any -> new Tally());
    }

    private void turnTo(long nextMinute, Instant now) {
        if (nextMinute == minute) {
            return;
        }
        tallies.forEach((source, tally) -> {
            if (tally.last != null) {
                due.addLast(summary(source, tally, tally.last, now));
            }
        });
        tallies = new HashMap<>();
        minute = nextMinute;
    }

    private AuditEvent summary(Source source, Tally tally, AuditEvent last, Instant now) {
        return new AuditEvent(
                ids.get(),
                now,
                last.type(),
                null,
                null,
                last.action(),
                last.resource(),
                last.outcome(),
                List.of(),
                Map.of(
                        "count",
                        tally.counted,
                        "minute",
                        Instant.ofEpochSecond(minute * SECONDS_A_MINUTE).toString()),
                source.address(),
                last.requestId());
    }

    /** Everything that was counted and is not kept yet; counts nothing twice. */
    synchronized List<AuditEvent> flush(Instant now) {
        turnTo(minute + 1, now);
        List<AuditEvent> all = List.copyOf(due);
        due.clear();
        return all;
    }
}
