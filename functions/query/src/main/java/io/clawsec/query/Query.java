package io.clawsec.query;

import static io.clawsec.access.Permission.OUTPUT_READ;
import static io.clawsec.access.Permission.QUERY_SUBMIT;

import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.identity.Principal;
import io.clawsec.model.ModelReply;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.usage.Quota;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function {@code query}: a prompt goes in, and what comes out has passed the envelope both ways. Safe for use by
 * many threads.
 */
public final class Query implements Function<Call, Outcome> {

    private static final System.Logger LOG = System.getLogger(Query.class.getName());
    private static final Set<Permission> NEEDED = Set.of(QUERY_SUBMIT, OUTPUT_READ);

    private final Envelope envelope;
    private final UsageLedger usage;
    private final Supplier<Engine> engines;
    private final Abandoned abandoned;
    private final Metrics metrics;
    private final Clock clock;

    /**
     * Makes the function.
     *
     * @param engines gives what the settings and the policy in force make
     */
    Query(
            Envelope envelope,
            UsageLedger usage,
            Supplier<Engine> engines,
            Abandoned abandoned,
            Metrics metrics,
            Clock clock) {
        this.envelope = envelope;
        this.usage = usage;
        this.engines = engines;
        this.abandoned = abandoned;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Answers one call. The reservation ends only when the audit holds how the request did; until then it is what tells
     * of the request, and {@link Abandoned} makes it an event.
     */
    @Override
    public Outcome apply(Call call) {
        long start = System.nanoTime();
        Admission admission = new Admission();
        Outcome outcome = envelope.answer(
                call,
                NEEDED,
                principal -> Question.read(
                        call.body().get(),
                        question -> answer(call, principal, question, admission),
                        Envelope::refused));
        if (admission.granted) {
            if (!unrecorded(outcome)) {
                settle(call.requestId());
            }
            metrics.time(Metric.LLM_REQUEST_DURATION, Duration.ofNanos(System.nanoTime() - start));
            abandoned.sweep();
        }
        return outcome;
    }

    private static boolean unrecorded(Outcome outcome) {
        return outcome instanceof Refusal refusal && refusal.code() == Refusal.Code.AUDIT_UNAVAILABLE;
    }

    /** Where the ledger cannot be written the outcome leaves all the same: the audit says that it did. */
    private void settle(UUID requestId) {
        try {
            usage.settle(requestId);
        } catch (UsageUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "a reservation could not be ended; it will be later");
        }
    }

    /** Whether the call holds a reservation; confined to the call's thread. */
    private static final class Admission {
        private boolean granted;
    }

    private Conclusion answer(Call call, Principal principal, Question question, Admission admission) {
        Engine engine = engines.get(); // before the request counts: without settings it is refused
        if (!engine.access().permits(principal, NEEDED)) {
            // The policy has changed since the envelope asked; all that follows goes by the new one.
            return Envelope.forbidden("The token's role does not have the permission this needs.");
        }
        Role role = engine.access().role(principal.role()).orElseThrow();
        if (question.systemPrompt() != null && !role.systemPrompt()) {
            return Envelope.forbidden("The token's role may not send a system prompt of its own.");
        }
        if (question.model() != null
                && !role.allowedModels()
                        .map(names -> names.contains(question.model()))
                        .orElse(true)) {
            return Envelope.forbidden("The token's role may not use this model.");
        }
        return usage.reserve(reservation(call, principal), limits(role))
                .fold(
                        granted -> {
                            admission.granted = true;
                            metrics.count(Metric.LLM_REQUESTS, role.name());
                            return admitted(
                                    engine,
                                    call,
                                    question,
                                    role,
                                    granted.quota().orElse(null));
                        },
                        exhausted -> rateLimited(exhausted, role));
    }

    private Conclusion admitted(Engine engine, Call call, Question question, Role role, @Nullable Quota quota) {
        Verdict verdict =
                GuardPass.INPUT.make(call.span(), metrics, () -> engine.guard().inspect(question.texts()));
        return verdict.fold(
                pass -> complete(engine, call, question, role, pass, quota),
                block -> engine.answers().blocked(question, role, block, quota));
    }

    private Conclusion complete(
            Engine engine, Call call, Question question, Role role, Verdict.Pass input, @Nullable Quota quota) {
        return engine.agent()
                .ask(question.redacted(input.texts()), call.span())
                .fold(
                        completed -> {
                            GuardedText response = new GuardedText(
                                    "response", completed.completion().text());
                            Verdict.Pass output = GuardPass.OUTPUT.make(
                                    call.span(), metrics, () -> engine.guard().redact(response));
                            return engine.answers()
                                    .answered(call.requestId(), question, role, input, completed, output, quota);
                        },
                        failed -> upstreamFailed(question, failed.failure(), quota));
    }

    private Conclusion rateLimited(ReserveResult.Exhausted exhausted, Role role) {
        metrics.count(Metric.RATE_LIMITED, role.name());
        Refusal refusal = new Refusal(
                Refusal.Code.RATE_LIMITED, "The role's rate limit is reached; Retry-After says when it ends.");
        return new Conclusion(
                refusal.metered(exhausted.quota()),
                new EventDraft(EventType.RATE_LIMITED, EventOutcome.DENIED)
                        .with("limit", exhausted.quota().limit())
                        .with("retry_after_seconds", exhausted.quota().resetSeconds()));
    }

    private Conclusion upstreamFailed(Question question, ModelReply.Failure failure, @Nullable Quota quota) {
        metrics.count(Metric.UPSTREAM_ERRORS, failure.wireName());
        Refusal refusal = failure == ModelReply.Failure.TIMEOUT
                ? new Refusal(Refusal.Code.UPSTREAM_TIMEOUT, "The model backend did not answer in time.")
                : new Refusal(Refusal.Code.UPSTREAM_FAILED, "The model backend failed.");
        return new Conclusion(
                refusal.metered(quota),
                new EventDraft(EventType.LLM_ERROR, EventOutcome.ERROR)
                        .with("kind", failure.wireName())
                        .with("prompt_length", question.promptLength()));
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
