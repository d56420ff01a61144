package io.clawsec.query;

import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A ledger that grants until it is told otherwise, keeps reservations, notes what it is asked and breaks on demand. */
final class RecordingLedger implements UsageLedger {

    static final Quota QUOTA = new Quota(100, 99, 1800);
    static final Quota FULL = new Quota(100, 0, 1800);

    private final List<String> journal;
    private final Map<UUID, Reservation> open = new LinkedHashMap<>();
    private final List<RateLimit> limits = new ArrayList<>();
    private boolean full;
    private boolean reserveBroken;
    private boolean settleBroken;
    private boolean listBroken;
    private boolean buggy;
    private int looks;

    RecordingLedger(List<String> journal) {
        this.journal = journal;
    }

    void fill() {
        full = true;
    }

    void breakReserve() {
        reserveBroken = true;
    }

    void breakSettle(boolean broken) {
        settleBroken = broken;
    }

    void breakList(boolean broken) {
        listBroken = broken;
    }

    /** Lets what breaks throw what no port's contract names. */
    void breakUnexpectedly() {
        buggy = true;
    }

    /** A reservation that somebody else made. */
    void keep(Reservation reservation) {
        open.put(reservation.requestId(), reservation);
    }

    List<UUID> unsettled() {
        return List.copyOf(open.keySet());
    }

    /** The limits that the last reservation was asked with. */
    List<RateLimit> limits() {
        return List.copyOf(limits);
    }

    /** How often it was asked for what is unsettled. */
    int looks() {
        return looks;
    }

    @Override
    public ReserveResult reserve(Reservation reservation, List<RateLimit> asked) {
        journal.add("reserve");
        if (reserveBroken) {
            throw broken();
        }
        limits.clear();
        limits.addAll(asked);
        if (full) {
            return new ReserveResult.Exhausted(FULL);
        }
        keep(reservation);
        return new ReserveResult.Granted(Optional.of(QUOTA));
    }

    @Override
    public void settle(UUID requestId) {
        journal.add("settle");
        if (settleBroken) {
            throw broken();
        }
        open.remove(requestId);
    }

    @Override
    public List<Reservation> unsettledBefore(Instant instant, int most) {
        looks++;
        if (listBroken) {
            throw broken();
        }
        return open.values().stream()
                .filter(reservation -> reservation.at().isBefore(instant))
                .sorted(Comparator.comparing(Reservation::at))
                .limit(most)
                .toList();
    }

    private RuntimeException broken() {
        IllegalStateException bug = new IllegalStateException("the disk is gone");
        return buggy ? bug : new UsageUnavailableException("the disk is gone", bug);
    }
}
