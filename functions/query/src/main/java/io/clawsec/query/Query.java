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
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.usage.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function {@code query}: a prompt goes in, and what comes out has passed the envelope both ways. Safe for use by
 * many threads.
 */
public final class Query implements Function<Call, Outcome> {

    private static final Set<Permission> NEEDED = Set.of(QUERY_SUBMIT, OUTPUT_READ);

    private final Envelope envelope;
    private final Meter meter;
    private final Supplier<Engine> engines;
    private final Metrics metrics;

    /**
     * Makes the function.
     *
     * @param engines gives what the settings and the policy in force make
     */
    Query(Envelope envelope, Meter meter, Supplier<Engine> engines, Metrics metrics) {
        this.envelope = envelope;
        this.meter = meter;
        this.engines = engines;
        this.metrics = metrics;
    }

    /** Answers one call. */
    @Override
    public Outcome apply(Call call) {
        long start = System.nanoTime();
        Meter.Admission admission = meter.admission(call);
        Outcome outcome = envelope.answer(
                call,
                NEEDED,
                principal -> Question.read(
                        call.body().get(),
                        question -> answer(call, principal, question, admission),
                        Envelope::refused));
        Outcome told = admission.end(outcome);
        if (admission.granted()) {
            metrics.time(Metric.LLM_REQUEST_DURATION, Duration.ofNanos(System.nanoTime() - start));
            admission.sweep();
        }
        return told;
    }

    private Conclusion answer(Call call, Principal principal, Question question, Meter.Admission admission) {
        Engine engine = engines.get(); // before the request counts: without settings it is refused
        if (!engine.access().permits(principal, NEEDED)) {
            // The policy has changed since the envelope asked; all that follows goes by the new one.
            return Envelope.forbidden("The token's role does not have the permission this needs.");
        }
        Role role = engine.access().role(principal.role()).orElseThrow();
        if (question.systemPrompt() != null && !role.systemPrompt()) {
            return Envelope.forbidden("The token's role may not send a system prompt of its own.");
        }
        if (!mayUse(role, question.model(), engine.agent().model())) {
            return Envelope.forbidden(
                    question.model() == null
                            ? "The token's role may not use the configured model; name one that it may use."
                            : "The token's role may not use this model.");
        }
        return admission.reserve(principal, role, quota -> {
            metrics.count(Metric.LLM_REQUESTS, role.name());
            return admitted(engine, call, question, role, quota);
        });
    }

    /** Who names no model gets the configured one and must be allowed that; the mock, which all may ask, is none. */
    private static boolean mayUse(Role role, @Nullable String named, LanguageModel backend) {
        String model = named == null && backend.live() ? backend.name() : named;
        return model == null
                || role.allowedModels().map(names -> names.contains(model)).orElse(true);
    }

    private Conclusion admitted(Engine engine, Call call, Question question, Role role, @Nullable Quota quota) {
        Verdict verdict = GuardPass.INPUT.make(call.span(), metrics, question.texts(), engine.guard()::inspect);
        return verdict.fold(
                pass -> complete(engine, call, question, role, pass, quota),
                block -> engine.answers().blocked(question, role, block));
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
                                    call.span(), metrics, List.of(response), engine.guard()::redact);
                            return engine.answers()
                                    .answered(call.requestId(), question, role, input, completed, output, quota);
                        },
                        failed -> upstreamFailed(question, failed.failure()));
    }

    private Conclusion upstreamFailed(Question question, ModelReply.Failure failure) {
        metrics.count(Metric.UPSTREAM_ERRORS, failure.wireName());
        Refusal refusal = failure == ModelReply.Failure.TIMEOUT
                ? new Refusal(Refusal.Code.UPSTREAM_TIMEOUT, "The model backend did not answer in time.")
                : new Refusal(Refusal.Code.UPSTREAM_FAILED, "The model backend failed.");
        return new Conclusion(
                refusal,
                new EventDraft(EventType.LLM_ERROR, EventOutcome.ERROR)
                        .with("kind", failure.wireName())
                        .with("prompt_length", question.promptLength()));
    }
}
