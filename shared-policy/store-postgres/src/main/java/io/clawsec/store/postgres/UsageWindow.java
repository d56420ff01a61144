package io.clawsec.store.postgres;

import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;

/** A window of a principal, in which requests are counted. */
record UsageWindow(String principalKey, long seconds, long start) {

    static UsageWindow of(Reservation reservation, RateLimit limit) {
        long now = reservation.at().getEpochSecond();
        return new UsageWindow(reservation.principalKey(), limit.window().toSeconds(), limit.windowStart(now));
    }

    long end() {
        return start + seconds;
    }

    /** Leaves out whose: a user id is shown by the audit only. */
    @Override
    public String toString() {
        return "UsageWindow[" + start + ", " + seconds + " s]";
    }
}
