package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Eight writers that append to an audit all the time and remember what was acknowledged, while a test breaks what lies
 * below. After each round nothing acknowledged may be lost or doubled, every chain must verify, and appends must have been
 * acknowledged again in time.
 */
public final class AppendsUnderFault {

    /** How often each fault happens: {@code -Dclawsec.fault.rounds=10}. */
    public static final int ROUNDS = Integer.getInteger("clawsec.fault.rounds", 1);

    /** From the end of a fault to the first append that is acknowledged. */
    public static final Duration MOST_RECOVERY = Duration.ofSeconds(5);

    private static final int WRITERS = 8;
    private static final Duration MOST_WAIT = Duration.ofSeconds(60);

    private final AuditRepository broken;
    private final AuditRepository sound;
    private final Duration mostRecovery;
    private final Duration mostWait;
    private final List<AuditSamples> samples = new ArrayList<>();
    private final Set<UUID> acknowledged = new HashSet<>();
    private final long[] acknowledgements = new long[WRITERS];
    private long refusals;
    private boolean ending;
    private @Nullable Throwable failure;

    /** Something that goes wrong; it is over when this returns. */
    @FunctionalInterface
    public interface Fault {
        void happen(int round) throws Exception;
    }

    /**
     * Appends to one repository and looks by another.
     *
     * @param broken what is appended to
     * @param sound the same audit, seen without the fault
     */
    public AppendsUnderFault(AuditRepository broken, AuditRepository sound, long seed) {
        this(broken, sound, seed, MOST_RECOVERY, MOST_WAIT);
    }

    AppendsUnderFault(
            AuditRepository broken, AuditRepository sound, long seed, Duration mostRecovery, Duration mostWait) {
        this.broken = broken;
        this.sound = sound;
        this.mostRecovery = mostRecovery;
        this.mostWait = mostWait;
        for (int i = 0; i < WRITERS; i++) {
            samples.add(new AuditSamples(seed * WRITERS + i));
        }
    }

    /** Lets the fault happen in as many rounds as were asked for, and prints how long it took to recover. */
    public void rounds(String kind, Fault fault) throws Exception {
        long worstFirst = 0;
        long worstAll = 0;
        int stored = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Thread> writers = start();
            try {
                awaitAcknowledged(2 * WRITERS);
                fault.happen(round);
                long ended = System.nanoTime();
                long[] before = snapshot();
                await("an append after the fault", n -> grown(before) > 0);
                worstFirst = Math.max(worstFirst, System.nanoTime() - ended);
                await("an append of every writer after the fault", n -> grown(before) == WRITERS);
                worstAll = Math.max(worstAll, System.nanoTime() - ended);
            } finally {
                end(writers);
            }
            assertThat(failure).as("%s, round %d", kind, round).isNull();
            assertThat(Duration.ofNanos(worstFirst))
                    .as("recovery from %s, round %d", kind, round)
                    .isLessThan(mostRecovery);
            stored = requireSound(kind + ", round " + round);
        }
        System.out.printf(
                Locale.ROOT,
                "fault: %s; rounds %d; recovery at most %d ms, of every writer %d ms;"
                        + " acknowledged %d, refused %d, stored %d%n",
                kind,
                ROUNDS,
                TimeUnit.NANOSECONDS.toMillis(worstFirst),
                TimeUnit.NANOSECONDS.toMillis(worstAll),
                acknowledged.size(),
                refusals,
                stored);
    }

    /** Waits until so many more appends were acknowledged; for faults that let some through. */
    public void awaitAcknowledged(int more) throws InterruptedException {
        long before = total();
        await(more + " appends", total -> total >= before + more);
    }

    /** Waits until so many more appends were refused; for faults that let none through. */
    public void awaitRefused(int more) throws InterruptedException {
        long before;
        synchronized (this) {
            before = refusals;
        }
        await(more + " refusals", total -> refusals >= before + more);
    }

    /** Adds what another process was told that it has written. */
    public synchronized void alsoAcknowledged(UUID id) {
        acknowledged.add(id);
    }

    private List<Thread> start() {
        synchronized (this) {
            ending = false;
        }
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> append(writer), "append-under-fault-" + i);
            writers.add(thread);
            thread.start();
        }
        return writers;
    }

    private void append(int writer) {
        try {
            while (!isEnding()) {
                AuditEvent event = samples.get(writer).event();
                try {
                    broken.append(List.of(event));
                    acknowledge(writer, event.id());
                } catch (AuditUnavailableException e) {
                    refuse(); // the caller was told, and nothing is promised of this event
                }
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private synchronized void acknowledge(int writer, UUID id) {
        acknowledged.add(id);
        acknowledgements[writer]++;
        notifyAll();
    }

    private synchronized void refuse() {
        refusals++;
        notifyAll();
    }

    private synchronized void fail(Throwable thrown) {
        failure = thrown;
        notifyAll();
    }

    private synchronized long[] snapshot() {
        return acknowledgements.clone();
    }

    private synchronized long total() {
        long total = 0;
        for (long each : acknowledgements) {
            total += each;
        }
        return total;
    }

    /** How many writers were told of a success since. */
    private synchronized int grown(long[] before) {
        int grown = 0;
        for (int i = 0; i < WRITERS; i++) {
            grown += acknowledgements[i] > before[i] ? 1 : 0;
        }
        return grown;
    }

    private synchronized void await(String what, LongPredicate reached) throws InterruptedException {
        long deadline = System.nanoTime() + mostWait.toNanos();
        while (!reached.test(total()) && failure == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("waited too long for " + what);
            }
            wait(left);
        }
    }

    private void end(List<Thread> writers) throws InterruptedException {
        synchronized (this) {
            ending = true;
        }
        for (Thread writer : writers) {
            writer.join(MOST_WAIT.toMillis());
            assertThat(writer.isAlive()).as("a writer hangs").isFalse();
        }
    }

    private int requireSound(String when) {
        List<UUID> stored = new ArrayList<>();
        sound.forEachRecord(record -> stored.add(record.indexed().id()));
        Set<UUID> once = new HashSet<>(stored);
        assertThat(stored).as("events stored twice, %s", when).hasSameSizeAs(once);
        Set<UUID> lost = new HashSet<>(acknowledged);
        lost.removeAll(once);
        assertThat(lost).as("acknowledged and lost, %s", when).isEmpty();
        assertThat(AuditVerifier.verify(sound).problems()).as(when).isEmpty();
        return stored.size();
    }
}
