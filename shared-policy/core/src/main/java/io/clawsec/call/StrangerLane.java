package io.clawsec.call;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.EventOutcome;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit's lane for callers whom nobody knows: a flood of bad tokens must neither fill the audit nor take the places of
 * known callers in the store's queue.
 *
 * <p>Of one address and kind the first {@value #SINGLES} events of a minute of the clock are kept singly; the rest are
 * counted. The count becomes one event, with the address, the minute, and the request and resource of the last that it
 * counts. At most {@value #APPENDS_AT_ONCE} appends of strangers are under way at once; while there is no room, events are
 * counted too, and nobody waits. Memory is bounded: past {@value #MOST_ADDRESSES} addresses a minute, the others share one
 * count, and while {@value #MOST_PIECES} appends' worth of counts wait for a store that fails, a minute does not end.
 *
 * <p>Counts become durable when their minute is over and anybody at all calls, or at the end of the process; an append that
 * fails is tried again. A process that is killed loses the counts of its running minute, and of one that ended without a
 * call since. That is borne: each count would have to be durable before its answer leaves, and then a flood would fill the
 * disk's queue after all. What is lost tells of attempts that came to nothing and whose first are kept. Known callers'
 * events are never lost.
 *
 * <p>Safe for use by many threads.
 */
final class StrangerLane {

    static final int SINGLES = 20;
    static final int APPENDS_AT_ONCE = 4;
    static final int MOST_ADDRESSES = 1024;
    static final int MOST_PIECES = 64;

    private static final String COUNT = "count";
    private static final int SECONDS_A_MINUTE = 60;
    private static final long NEVER = Long.MAX_VALUE;

    private final Supplier<UUID> ids;
    private final Semaphore room = new Semaphore(APPENDS_AT_ONCE);

    /** In the pieces that they are appended in, and tried again in: all of a piece is durable, or nothing. */
    private final Deque<List<AuditEvent>> due = new ArrayDeque<>();

    private Map<Source, Tally> tallies = new HashMap<>();
    private boolean counting;
    private long minute;

    /** The minute from which there is something to append: looked at by every call, and so without the lock. */
    private volatile long dueFrom = NEVER;

    private record Source(@Nullable String address, EventType type, EventOutcome outcome) {
        static Source of(AuditEvent event) {
            return new Source(event.ipAddress(), event.type(), event.outcome());
        }
    }

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
     * Hands over what the audit must keep before the caller may learn of its event: the event itself, or nothing where it
     * was counted.
     *
     * @param append appends events and tells how that went; asked with an empty list too
     */
    <T> T append(AuditEvent event, Function<List<AuditEvent>, T> append) {
        boolean mayWrite = room.tryAcquire();
        try {
            return append.apply(isSingle(event, mayWrite) ? List.of(event) : List.of());
        } finally {
            if (mayWrite) {
                room.release();
            }
        }
    }

    /**
     * Hands over counts of minutes that are over, if there are any: one piece, so that whoever happens to call is not kept
     * for long.
     *
     * @param append appends events; whether they are durable now
     */
    void settle(Instant now, Predicate<List<AuditEvent>> append) {
        if (minuteOf(now) < dueFrom || !room.tryAcquire()) {
            return;
        }
        try {
            List<AuditEvent> piece = nextPiece(now);
            if (!piece.isEmpty() && !append.test(piece)) {
                putBack(piece);
            }
        } finally {
            room.release();
        }
    }

    private synchronized boolean isSingle(AuditEvent event, boolean mayWrite) {
        turnTo(event.timestamp());
        Tally tally = tally(event);
        if (mayWrite && tally.singles < SINGLES) {
            tally.singles++;
            return true;
        }
        tally.counted++;
        tally.last = event;
        counting = true;
        noteDue();
        return false;
    }

    private Tally tally(AuditEvent event) {
        Source source = Source.of(event);
        return tallies.size() < MOST_ADDRESSES || tallies.containsKey(source)
                ? tallies.computeIfAbsent(source, any -> new Tally())
                : tallies.computeIfAbsent(new Source(null, event.type(), event.outcome()), any -> new Tally());
    }

    private synchronized List<AuditEvent> nextPiece(Instant now) {
        turnTo(now);
        List<AuditEvent> piece = due.isEmpty() ? List.of() : due.removeFirst();
        noteDue();
        return piece;
    }

    private synchronized void putBack(List<AuditEvent> piece) {
        due.addFirst(piece);
        noteDue();
    }

    /** An event of the minute before came late, from a slower thread; one from longer ago is a clock that was set. */
    private void turnTo(Instant now) {
        long next = minuteOf(now);
        if ((next > minute || next < minute - 1) && due.size() < MOST_PIECES) {
            closeMinute(now);
            minute = next;
        }
    }

    private void closeMinute(Instant now) {
        List<AuditEvent> counts = new ArrayList<>();
        tallies.forEach((source, tally) -> {
            if (tally.last != null) {
                counts.add(summary(source, tally, tally.last, now));
            }
        });
        for (int from = 0; from < counts.size(); from += AuditRepository.MOST_AT_ONCE) {
            due.addLast(
                    List.copyOf(counts.subList(from, Math.min(counts.size(), from + AuditRepository.MOST_AT_ONCE))));
        }
        tallies = new HashMap<>();
        counting = false;
        noteDue();
    }

    private void noteDue() {
        dueFrom = due.isEmpty() ? counting ? minute + 1 : NEVER : Long.MIN_VALUE;
    }

    private static long minuteOf(Instant instant) {
        return instant.getEpochSecond() / SECONDS_A_MINUTE;
    }

    private AuditEvent summary(Source source, Tally tally, AuditEvent last, Instant now) {
        return new AuditEvent(
                ids.get(),
                now,
                source.type(),
                null,
                null,
                last.action(),
                last.resource(),
                source.outcome(),
                List.of(),
                Map.of(
                        COUNT,
                        tally.counted,
                        "minute",
                        Instant.ofEpochSecond(minute * SECONDS_A_MINUTE).toString()),
                source.address(),
                last.requestId());
    }

    /** How many events a count tells of. */
    static long countOf(AuditEvent count) {
        return count.metadata().get(COUNT) instanceof Long told ? told : 1;
    }

    /** Everything that was counted and is not durable yet, in pieces; counts nothing twice. */
    synchronized List<List<AuditEvent>> flush(Instant now) {
        closeMinute(now);
        List<List<AuditEvent>> all = List.copyOf(due);
        due.clear();
        noteDue();
        return all;
    }
}
