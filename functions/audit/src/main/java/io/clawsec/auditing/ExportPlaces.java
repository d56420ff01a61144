package io.clawsec.auditing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many exports may run at once: each keeps a thread of the server for as long as its reader takes.
 *
 * <p>A place that nobody gives back, because its answer never came to be written, is free again when no export can be
 * running in it any more. Safe for use by many threads.
 */
final class ExportPlaces {

    /** A few auditors, and far from all threads. */
    static final int MOST = 8;

    private static final Duration LOST_AFTER = Export.MOST_TIME.multipliedBy(2);

    private final Clock clock;
    private final Map<Place, Instant> taken = new HashMap<>();

    ExportPlaces(Clock clock) {
        this.clock = clock;
    }

    /** One export's place. */
    final class Place {

        private Place() {}

        /** Gives the place back; a second time changes nothing. */
        void leave() {
            synchronized (ExportPlaces.this) {
                taken.remove(this);
            }
        }
    }

    /** A place; empty where all are taken. */
    synchronized Optional<Place> take() {
        Instant now = clock.instant();
        taken.values().removeIf(since -> since.plus(LOST_AFTER).isBefore(now));
        if (taken.size() >= MOST) {
            return Optional.empty();
        }
        Place place = new Place();
        taken.put(place, now);
        return Optional.of(place);
    }
}
