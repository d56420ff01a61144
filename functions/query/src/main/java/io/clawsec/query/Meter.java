package io.clawsec.query;

import io.clawsec.access.Role;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.identity.Principal;
import io.clawsec.telemetry.FailureTrace;
import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests against the limits of their roles. A reservation ends only when the audit holds how its request did;
 * until then it is what tells of the request, and {@link Abandoned} makes it an event. Safe for use by many threads.
 */
final class Meter {

    private static final System.Logger LOG = System.getLogger(Meter.class.getName());

    private final UsageLedger usage;
    private final Abandoned abandoned;
    private final Clock clock;

    Meter(UsageLedger usage, Abandoned abandoned, Clock clock) {
        this.usage = usage;
        this.abandoned = abandoned;
        this.clock = clock;
    }

    /** What will be known of a call's place in its limits: nothing yet. */
    Admission admission(Call call) {
        return new Admission(call);
    }

    /** One call's reservation, if it gets one; confined to the call's thread. */
    final class Admission {

        private final Call call;
        private boolean granted;
        private @Nullable Quota quota;

        private Admission(Call call) {
            this.call = call;
        }

        /** Goes on with a call that its role's limits leave room for; any other is refused. */
        Conclusion reserve(Principal principal, Role role, Function<@Nullable Quota, Conclusion> admitted) {
            return usage.reserve(reservation(call, principal), limits(role))
                    .fold(
                            room -> {
                                granted = true;
                                quota = room.quota().orElse(null);
                                return admitted.apply(quota);
                            },
                            exhausted -> Envelope.rateLimited(
                                    "The role's rate limit is reached; Retry-After says when it ends.",
                                    exhausted.quota()));
        }

        boolean granted() {
            return granted;
        }

        /**
         * Ends the reservation once the call has come to its outcome.
         *
         * @return the outcome for the caller, who is told its limits whatever broke after it was counted
         */
        Outcome end(Outcome outcome) {
            if (granted && !unrecorded(outcome)) {
                settle();
            }
            return granted && outcome instanceof Refusal refusal ? refusal.metered(quota) : outcome;
        }

        /** Looks for requests that died. */
        void sweep() {
            if (granted) {
                abandoned.sweep();
            }
        }

        /** Where the ledger cannot be written the outcome leaves all the same: the audit says that it did. */
        private void settle() {
            try {
                usage.settle(call.requestId());
            } catch (UsageUnavailableException e) {
                LOG.log(System.Logger.Level.WARNING, "a reservation could not be ended; it will be later");
            } catch (RuntimeException | Error e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "a reservation could not be ended; it will be later: " + FailureTrace.of(e));
            }
        }
    }

    private static boolean unrecorded(Outcome outcome) {
        return outcome instanceof Refusal refusal && refusal.code() == Refusal.Code.AUDIT_UNAVAILABLE;
    }

    private Reservation reservation(Call call, Principal principal) {
        return new Reservation(
                call.requestId(),
                principal.key(),
                principal.subject(),
                principal.role(),
                call.operation().resource(),
                clock.instant());
    }

    private static List<RateLimit> limits(Role role) {
        List<RateLimit> limits = new ArrayList<>();
        role.requestsPerHour().ifPresent(most -> limits.add(new RateLimit(most, Duration.ofHours(1))));
        role.burstPerMinute().ifPresent(most -> limits.add(new RateLimit(most, Duration.ofMinutes(1))));
        return limits;
    }
}
