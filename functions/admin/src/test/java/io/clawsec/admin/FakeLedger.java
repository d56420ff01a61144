package io.clawsec.admin;

import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Usage in memory: one window that never ends, and a ledger that breaks on demand. */
final class FakeLedger implements UsageLedger {

    private static final long RESET_SECONDS = 60;

    final List<Reservation> unsettled = new ArrayList<>();
    boolean broken;
    private final Map<String, Long> used = new HashMap<>();

    @Override
    public ReserveResult reserve(Reservation reservation, List<RateLimit> limits) {
        requireWell();
        long most = limits.get(0).requests();
        long now = used.merge(reservation.principalKey(), 1L, Long::sum);
        if (now > most) {
            return new ReserveResult.Exhausted(new Quota(most, 0, RESET_SECONDS));
        }
        unsettled.add(reservation);
        return new ReserveResult.Granted(Optional.of(new Quota(most, most - now, RESET_SECONDS)));
    }

    @Override
    public void settle(UUID requestId) {
        requireWell();
        unsettled.removeIf(reservation -> reservation.requestId().equals(requestId));
    }

    @Override
    public List<Reservation> unsettledBefore(Instant instant, int most) {
        return unsettled;
    }

    private void requireWell() {
        if (broken) {
            throw new UsageUnavailableException("told to fail", new IllegalStateException());
        }
    }
}
