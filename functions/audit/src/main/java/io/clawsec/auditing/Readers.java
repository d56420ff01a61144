package io.clawsec.auditing;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Of whom the audit tells already that he read it in the running minute, so that a dashboard that polls leaves one event a
 * minute and not the trail's whole content.
 *
 * <p>A reader counts as told of only when the event is durable: until then everyone brings it, and the store keeps the
 * first, by its {@link Reading#occasion}. Forgets the longest-known reader past {@value #MOST}. Safe for use by many
 * threads.
 */
final class Readers {

    static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Long> lastMinute = new LinkedHashMap<>();

    /**
     * A principal in a minute of the clock.
     *
     * @param principalKey who
     * @param minute since the epoch
     */
    record Reading(String principalKey, long minute) {

        /** What two events of this reading have in common, whichever process they come from. */
        String occasion() {
            return minute + ":" + principalKey;
        }

        /** Leaves out who: a user id is shown by the audit only. */
        @Override
        public String toString() {
            return "Reading[" + minute + "]";
        }
    }

    Readers(Clock clock) {
        this.clock = clock;
    }

    /** The reading that the audit must hold before its content is shown; empty where it is known to. */
    synchronized Optional<Reading> untold(String principalKey) {
        long minute = clock.instant().getEpochSecond() / 60;
        Long told = lastMinute.get(principalKey);
        return told != null && told == minute ? Optional.empty() : Optional.of(new Reading(principalKey, minute));
    }

    /** Notes that the audit holds the reading. */
    synchronized void told(Reading reading) {
        lastMinute.remove(reading.principalKey()); // to the end of the order
        lastMinute.put(reading.principalKey(), reading.minute());
        if (lastMinute.size() > MOST) {
            lastMinute.remove(lastMinute.keySet().iterator().next());
        }
    }
}
