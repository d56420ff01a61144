package io.clawsec.admin;

import static io.clawsec.access.Permission.SYSTEM_ADMIN;

import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.identity.Principal;
import io.clawsec.model.Backend;
import io.clawsec.model.LanguageModel;
import io.clawsec.settings.Settings;
import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /config/test} does: an administrator lets the service connect outwards, with the backend's key and at its
 * price. So it is limited, told by the audit, and reserved before: a process that dies in between leaves the reservation, of
 * which {@code query} makes an event. Safe for use by many threads.
 */
final class ConfigTrials {

    /** One person's, of all processes together; beside the limits of the role, which are those of questions. */
    static final RateLimit MOST = new RateLimit(10, Duration.ofMinutes(1));

    private static final System.Logger LOG = System.getLogger(ConfigTrials.class.getName());

    private final Envelope envelope;
    private final UsageLedger usage;
    private final Supplier<Settings> settings;
    private final Function<Backend, LanguageModel> backends;
    private final Clock clock;

    /**
     * Makes the trials.
     *
     * @param settings gives what is in force now
     * @param backends makes the model of a backend
     */
    ConfigTrials(
            Envelope envelope,
            UsageLedger usage,
            Supplier<Settings> settings,
            Function<Backend, LanguageModel> backends,
            Clock clock) {
        this.envelope = envelope;
        this.usage = usage;
        this.settings = settings;
        this.backends = backends;
        this.clock = clock;
    }

    Outcome answer(Call call) {
        Admission admission = new Admission();
        Outcome outcome = envelope.answer(call, Set.of(SYSTEM_ADMIN), principal -> tried(call, principal, admission));
        boolean recorded = !(outcome instanceof Refusal refusal) || refusal.code() != Refusal.Code.AUDIT_UNAVAILABLE;
        if (admission.granted && recorded) {
            settle(call.requestId());
        }
        return outcome;
    }

    /** Whether the call holds a reservation; confined to the call's thread. */
    private static final class Admission {
        private boolean granted;
    }

    private Conclusion tried(Call call, Principal principal, Admission admission) {
        Settings inForce = settings.get(); // before the trial counts: without settings it is refused
        Reservation reservation = new Reservation(
                call.requestId(),
                call.operation().action() + ":" + principal.key(),
                principal.subject(),
                principal.role(),
                call.operation().resource(),
                clock.instant());
        return usage.reserve(reservation, List.of(MOST))
                .fold(
                        granted -> {
                            admission.granted = true;
                            return tried(inForce, granted.quota().orElse(null));
                        },
                        exhausted -> Envelope.rateLimited(
                                "Settings are tried too often; Retry-After says when it ends.", exhausted.quota()));
    }

    private Conclusion tried(Settings inForce, @Nullable Quota quota) {
        ConfigTrial trial = ConfigTrial.of(backends.apply(inForce.llm().backend()));
        EventDraft event = new EventDraft(
                        EventType.CONFIG_TESTED, trial.succeeded() ? EventOutcome.ALLOWED : EventOutcome.ERROR)
                .with("mode", trial.mode())
                .with("version", inForce.version());
        return new Conclusion(
                Answer.json(trial.told(), quota),
                trial.failure()
                        .map(failure -> event.with("kind", failure.wireName()))
                        .orElse(event));
    }

    /** Where the ledger cannot be written the outcome leaves all the same: the audit says that it did. */
    private void settle(UUID requestId) {
        try {
            usage.settle(requestId);
        } catch (UsageUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "a reservation could not be ended; it will be later");
        }
    }
}
