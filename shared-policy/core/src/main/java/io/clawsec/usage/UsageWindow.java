package io.clawsec.usage;

/**
 * A window of one principal, in which requests are counted.
 *
 * @param principalKey whose ({@code Principal.key()})
 * @param seconds how long it is
 * @param start its first second since the epoch
 */
public record UsageWindow(String principalKey, long seconds, long start) {

    /** The limit's window in which the reservation counts. */
    public static UsageWindow of(Reservation reservation, RateLimit limit) {
        long now = reservation.at().getEpochSecond();
        return new UsageWindow(reservation.principalKey(), limit.window().toSeconds(), limit.windowStart(now));
    }

    /** The first second behind it. */
    public long end() {
        return start + seconds;
    }

    /** Leaves out whose: a user id is shown by the audit only. */
    @Override
    public String toString() {
        return "UsageWindow[" + start + ", " + seconds + " s]";
    }
}
