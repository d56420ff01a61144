package io.clawsec.policyfile;

import io.clawsec.telemetry.FailureTrace;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force in this process, which follows the files in the operator's folder. Safe for use by many threads.
 *
 * <p>There is no background thread: a request that finds the last look at the files {@link #LOOK_EVERY} old looks again,
 * one at a time, while the others go on with what they have. What is in force is swapped whole, once everything that
 * requests need of it is made. A version that cannot be put in force leaves the last good one there; its reasons are
 * logged once, and a metric says so until the folder holds something else.
 *
 * @param <T> what this process makes of the files
 */
public final class ActivePolicy<T> {

    /** How old a look at the files may be before a request looks again. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /**
     * How long the files must have been left alone before they count. Half of a file may be sound and yet say less than
     * the whole, and two files that belong together are rarely written in the same instant.
     */
    public static final Duration SETTLED_AFTER = Duration.ofSeconds(1);

    private static final int MOST_REASONS_LOGGED = 10;
    private static final System.Logger LOG = System.getLogger(ActivePolicy.class.getName());

    private final PolicyFiles files;
    private final Reload<T> reload;
    private final Metrics metrics;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile T inForce;
    private volatile long lastLook;

    /** What the files were at the last look, what is in force, and what was refused; under the lock. */
    private PolicySources seen;

    private PolicySources current;
    private @Nullable PolicySources refused;

    /** A version that is ready and could not be told of yet; under the lock. */
    private @Nullable Candidate<T> waiting;

    /** What the metric says; under the lock. */
    private boolean failing;

    private record Candidate<T>(PolicySources sources, T product) {}

    /**
     * What becomes of a policy that was read; called by one thread at a time.
     *
     * @param <T> what is made of it
     */
    public interface Reload<T> {

        /** Makes of a policy all that requests will need of it. What it throws, at a reload, keeps the last good one. */
        T make(Policy policy);

        /** Records a change just before it is in force. What it throws puts the change off until the next look. */
        void announce(T before, T after);
    }

    /**
     * Reads the files for the first time.
     *
     * @param clock tells how long ago a file was written
     * @param nanoClock monotonic nanoseconds
     * @throws PolicyFileException when they are no policy
     */
    public ActivePolicy(PolicyFiles files, Reload<T> reload, Metrics metrics, Clock clock, LongSupplier nanoClock) {
        this.files = files;
        this.reload = reload;
        this.metrics = metrics;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.lastLook = nanoClock.getAsLong();
        this.current = files.read();
        this.seen = current;
        this.inForce = reload.make(current.policy());
    }

    /** What is in force now; never throws. */
    public T current() {
        if (files.mayChange() && isDue() && looking.tryLock()) {
            try {
                if (isDue()) {
                    lastLook = nanoClock.getAsLong();
                    look();
                }
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, () -> "the policy files: " + FailureTrace.of(e));
            } finally {
                looking.unlock();
            }
        }
        return inForce;
    }

    private boolean isDue() {
        return nanoClock.getAsLong() - lastLook >= LOOK_EVERY.toNanos();
    }

    private void look() {
        PolicySources found = files.read();
        boolean settled = found.unchangedSince(clock.instant().minus(SETTLED_AFTER)) || found.sameAs(seen);
        seen = found;
        if (found.sameAs(current)) {
            inOrder();
        } else if (settled && (refused == null || !found.sameAs(refused))) {
            take(found);
        }
    }

    private void take(PolicySources found) {
        boolean again = waiting != null && found.sameAs(waiting.sources);
        Candidate<T> candidate = again ? waiting : made(found);
        if (candidate == null) {
            return;
        }
        try {
            reload.announce(inForce, candidate.product);
        } catch (RuntimeException e) {
            if (!again) { // once: the same files are tried at every look
                failed("the changed policy files wait, for the change cannot be recorded: " + FailureTrace.of(e));
            }
            waiting = candidate;
            return;
        }
        inForce = candidate.product;
        current = found;
        inOrder();
    }

    private @Nullable Candidate<T> made(PolicySources found) {
        try {
            return new Candidate<>(found, reload.make(found.policy()));
        } catch (PolicyFileException e) {
            failed("the changed policy files are refused, and the last good ones go on: " + bounded(e.errors()));
        } catch (RuntimeException | Error e) {
            failed("the changed policy files cannot be used, and the last good ones go on: " + FailureTrace.of(e));
        }
        refused = found;
        return null;
    }

    private void failed(String message) {
        failing = true;
        metrics.set(Metric.POLICY_RELOAD_FAILED, 1);
        LOG.log(System.Logger.Level.WARNING, message);
    }

    /** What the folder holds is in force. */
    private void inOrder() {
        refused = null;
        waiting = null;
        if (failing) {
            failing = false;
            metrics.set(Metric.POLICY_RELOAD_FAILED, 0);
        }
    }

    private static String bounded(List<String> reasons) {
        int more = reasons.size() - MOST_REASONS_LOGGED;
        return String.join("; ", reasons.subList(0, Math.min(reasons.size(), MOST_REASONS_LOGGED)))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
