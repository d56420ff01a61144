package io.clawsec.auditing;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has read the audit in the running minute, so that a dashboard that polls leaves one event a minute and not the
 * trail's whole content. Forgets the longest-known reader past {@value #MOST}. Safe for use by many threads.
 */
final class Readers {

    static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Long> lastMinute = new LinkedHashMap<>();

    Readers(Clock clock) {
        this.clock = clock;
    }

    /** Whether this is the principal's first read in this minute of the clock. */
    synchronized boolean firstThisMinute(String principalKey) {
        long minute = clock.instant().getEpochSecond() / 60;
        Long last = lastMinute.remove(principalKey);
        lastMinute.put(principalKey, minute);
        if (lastMinute.size() > MOST) {
            lastMinute.remove(lastMinute.keySet().iterator().next());
        }
        return last == null || last != minute;
    }
}
