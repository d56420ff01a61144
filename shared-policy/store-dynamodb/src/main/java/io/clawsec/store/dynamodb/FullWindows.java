package io.clawsec.store.dynamodb;

import io.clawsec.usage.UsageWindow;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Windows that this process has seen filled up to some count. Counts never fall, so what was full stays full: who goes on
 * asking is refused without a call, and cannot make a hot key of a counter. Safe for use by many threads.
 */
final class FullWindows {

    /** The windows remembered; the one that was asked for longest ago goes first. */
    private static final int MOST = 4_096;

    private final Map<UsageWindow, Long> used = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UsageWindow, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized void saw(UsageWindow window, long count) {
        used.merge(window, count, Math::max);
    }

    /** At least so much is used of the window; 0 where nothing is known. */
    synchronized long used(UsageWindow window) {
        return used.getOrDefault(window, 0L);
    }
}
