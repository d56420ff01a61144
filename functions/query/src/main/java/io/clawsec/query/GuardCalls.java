package io.clawsec.query;

import static io.clawsec.access.Permission.OUTPUT_READ;
import static io.clawsec.access.Permission.POLICY_READ;
import static io.clawsec.access.Permission.QUERY_SUBMIT;

import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Outcome;
import io.clawsec.call.VerdictJson;
import io.clawsec.guard.Finding;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.identity.Principal;
import io.clawsec.json.JsonObject;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.usage.Quota;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /guard} does: the guard's verdict on texts that somebody else will send to a model, or got from one.
 * No model is asked; it counts against the role's limits as a question does. Safe for use by many threads.
 */
final class GuardCalls implements Function<Call, Outcome> {

    private static final Set<Permission> NEEDED = Set.of(QUERY_SUBMIT, OUTPUT_READ);

    /** Findings that one answer tells; a text may hold many more. */
    static final int MOST_FINDINGS = 1000;

    private final Envelope envelope;
    private final Meter meter;
    private final Supplier<Engine> engines;
    private final Metrics metrics;

    /**
     * Makes the function.
     *
     * @param engines gives what the settings and the policy in force make
     */
    GuardCalls(Envelope envelope, Meter meter, Supplier<Engine> engines, Metrics metrics) {
        this.envelope = envelope;
        this.meter = meter;
        this.engines = engines;
        this.metrics = metrics;
    }

    @Override
    public Outcome apply(Call call) {
        Meter.Admission admission = meter.admission(call);
        Outcome outcome = envelope.answer(
                call,
                NEEDED,
                principal -> Submission.read(
                        call.body().get(),
                        submission -> answer(call, principal, submission, admission),
                        Envelope::refused));
        Outcome told = admission.end(outcome);
        admission.sweep();
        return told;
    }

    private Conclusion answer(Call call, Principal principal, Submission submission, Meter.Admission admission) {
        Engine engine = engines.get(); // before the request counts: without settings it is refused
        if (!engine.access().permits(principal, NEEDED)) {
            // The policy has changed since the envelope asked; all that follows goes by the new one.
            return Envelope.forbidden("The token's role does not have the permission this needs.");
        }
        Role role = engine.access().role(principal.role()).orElseThrow();
        boolean scores = engine.access().permits(principal, Set.of(POLICY_READ));
        return admission.reserve(principal, role, quota -> judged(engine, call, submission, role, scores, quota));
    }

    private Conclusion judged(
            Engine engine, Call call, Submission submission, Role role, boolean scores, @Nullable Quota quota) {
        Function<List<GuardedText>, Verdict> guard =
                submission.pass() == GuardPass.INPUT ? engine.guard()::inspect : engine.guard()::redact;
        Verdict verdict = submission.pass().make(call.span(), metrics, submission.texts(), guard);
        boolean allowed = verdict.<Boolean>fold(pass -> true, block -> false);
        List<Finding> decisive = verdict.findings().stream()
                .filter(finding -> finding.action() == (allowed ? Action.REDACT : Action.BLOCK))
                .toList();
        count(decisive, submission.pass(), role);
        JsonObject body = new JsonObject().with("request_id", call.requestId()).with("allowed", allowed);
        VerdictJson.addFindings(body, verdict.findings(), scores, MOST_FINDINGS)
                .with(
                        "redacted",
                        verdict.<@Nullable Object>fold(pass -> submission.redacted(pass.texts()), block -> null))
                .with("receipt", VerdictJson.receipt(engine.policyHash(), List.of(verdict.receipt())));
        return new Conclusion(
                Answer.json(body, quota),
                new EventDraft(EventType.GUARD_CALLED, EventOutcome.ALLOWED)
                        .violating(
                                decisive.stream().map(Finding::rule).distinct().toList())
                        .with("stage", submission.pass().stage())
                        .with("allowed", allowed)
                        .with("texts", submission.texts().size())
                        .with("text_length", submission.length()));
    }

    /** As a question and its answer are counted: who asks this way acts on what is said. */
    private void count(List<Finding> decisive, GuardPass pass, Role role) {
        decisive.forEach(finding -> {
            if (finding.category() == Category.PII && finding.action() == Action.REDACT) {
                metrics.count(Metric.PII_REDACTIONS, pass.stage(), role.name());
            } else {
                metrics.count(Metric.POLICY_VIOLATIONS, finding.category().wireName(), role.name());
            }
        });
    }
}
