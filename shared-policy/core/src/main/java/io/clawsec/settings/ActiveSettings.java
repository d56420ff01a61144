package io.clawsec.settings;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force at a request, in this process. Safe for use by many threads.
 *
 * <p>There is no background thread: a request that finds the copy older than {@link #REREAD_AFTER} reads again, one at a
 * time, while the others go on with what they have. So a change made elsewhere is in force at the next request after
 * that time, well within the five seconds that are promised; and a process that nobody asks reads nothing.
 */
public final class ActiveSettings {

    /** How old a copy may be before a request reads again. */
    public static final Duration REREAD_AFTER = Duration.ofSeconds(2);

    /** How old a copy may be while the store cannot be read. */
    public static final Duration LONGEST_UNREADABLE = Duration.ofSeconds(60);

    private static final System.Logger LOG = System.getLogger(ActiveSettings.class.getName());

    private final SettingsRepository repository;
    private final SettingsStack stack;
    private final LongSupplier nanoClock;
    private final Settings unsaved;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Copy copy;

    /** Written under the lock; at first long ago. */
    private volatile @Nullable Long lastTry;

    /** Whether the last try failed; written under the lock. */
    private volatile boolean unreadable;

    /** What was read, and when the reading began. */
    private record Copy(StoredSettings stored, Settings settings, long nanos) {}

    /**
     * Makes them; nothing is read yet.
     *
     * @param nanoClock monotonic nanoseconds
     */
    public ActiveSettings(SettingsRepository repository, SettingsStack stack, LongSupplier nanoClock) {
        this.repository = repository;
        this.stack = stack;
        this.nanoClock = nanoClock;
        this.unsaved = stack.settings(StoredSettings.NONE);
    }

    /**
     * The settings in force now.
     *
     * @throws SettingsUnavailableException when the store could not be read for {@link #LONGEST_UNREADABLE}, or never
     */
    public Settings current() {
        Copy known = copy;
        if (known == null) {
            return readFirst();
        }
        if (isOlder(known.nanos, REREAD_AFTER) && takesTurn(known)) {
            try {
                if (isDue()) {
                    reread();
                }
            } finally {
                reading.unlock();
            }
        }
        Copy newest = copy;
        if (newest == null || isOlder(newest.nanos, LONGEST_UNREADABLE)) {
            throw new SettingsUnavailableException("the settings could not be read for too long", null);
        }
        return newest.settings;
    }

    /**
     * Takes the lock, where it is this request's turn to read. Whose copy still serves does not wait for another who reads;
     * whose copy is too old, only because nobody has asked for so long, does.
     */
    private boolean takesTurn(Copy known) {
        if (!unreadable && isOlder(known.nanos, LONGEST_UNREADABLE)) {
            reading.lock();
            return true;
        }
        return isDue() && reading.tryLock();
    }

    /**
     * The settings in force now, or as they were last read, however long ago, or as the environment has them. Never
     * throws: for what must be said even of a refusal.
     */
    public Settings currentOrLast() {
        try {
            return current();
        } catch (SettingsUnavailableException e) {
            return lastKnown();
        }
    }

    private Settings lastKnown() {
        Copy known = copy;
        return known == null ? unsaved : known.settings;
    }

    /** Takes over what this process has just saved or read: it is in force here from now on. */
    Settings adopt(StoredSettings stored) {
        reading.lock();
        try {
            Copy known = copy;
            if (known == null || stored.version() >= known.settings.version()) { // or whoever saved was overtaken
                keep(stored, nanoClock.getAsLong());
            }
            return lastKnown();
        } finally {
            reading.unlock();
        }
    }

    private Settings readFirst() {
        reading.lock();
        try {
            if (copy == null) {
                if (!isDue()) {
                    throw new SettingsUnavailableException("the settings could not be read a moment ago", null);
                }
                long began = nanoClock.getAsLong();
                lastTry = began;
                keep(repository.read(), began);
            }
            return lastKnown();
        } finally {
            reading.unlock();
        }
    }

    private void reread() {
        long began = nanoClock.getAsLong();
        lastTry = began;
        try {
            keep(repository.read(), began);
        } catch (SettingsUnavailableException e) {
            unreadable = true;
            LOG.log(System.Logger.Level.WARNING, "the settings cannot be read; what was read last goes on for a while");
        }
    }

    /**
     * The same content is the same object. An older version is a store that has gone back, for what is read under the lock
     * is never older than what was adopted before; and from there it may have come to the same version by another way.
     */
    private void keep(StoredSettings stored, long nanos) {
        Copy known = copy;
        Settings settings = known != null && known.stored.equals(stored) ? known.settings : stack.settings(stored);
        copy = new Copy(stored, settings, nanos);
        unreadable = false;
    }

    /** While the store is broken it is asked as rarely as a store that is well. */
    private boolean isDue() {
        Long tried = lastTry;
        return tried == null || isOlder(tried, REREAD_AFTER);
    }

    private boolean isOlder(long nanos, Duration age) {
        return nanoClock.getAsLong() - nanos >= age.toNanos();
    }
}
