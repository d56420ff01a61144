package io.clawsec.admin;

import static io.clawsec.access.Permission.POLICY_MANAGE;

import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.call.VerdictJson;
import io.clawsec.edge.PolicyInForce;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.json.FieldError;
import io.clawsec.json.JsonObject;
import io.clawsec.policyfile.PackDraft;
import io.clawsec.policyfile.PolicyFileException;
import io.clawsec.usage.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /policy/test} does: judges texts by the policy in force, and by the one that it would be with another
 * rule pack in it. Nothing is stored and nothing changes. Rules cost to compile, so one trial at a time does. Safe for use
 * by many threads.
 */
final class PolicyTrials {

    /** Findings that one verdict tells. */
    static final int MOST_FINDINGS = 100;

    private static final int MOST_ERRORS = 32;

    /** Whoever comes while somebody else's rules are being compiled. */
    private static final Quota ONE_AT_A_TIME = new Quota(1, 0, 1);

    private final Envelope envelope;
    private final Supplier<PolicyInForce> policy;
    private final Function<GuardPolicy, Guard> compiler;
    private final Semaphore compiling = new Semaphore(1);

    /**
     * Makes the trials.
     *
     * @param policy gives what is in force now
     * @param compiler makes the guard of a policy
     */
    PolicyTrials(Envelope envelope, Supplier<PolicyInForce> policy, Function<GuardPolicy, Guard> compiler) {
        this.envelope = envelope;
        this.policy = policy;
        this.compiler = compiler;
    }

    Outcome answer(Call call) {
        return envelope.answer(
                call,
                Set.of(POLICY_MANAGE),
                principal -> PolicyTrial.read(call.body().get(), trial -> tried(call, trial), Envelope::refused));
    }

    private Conclusion tried(Call call, PolicyTrial trial) {
        PolicyInForce inForce = policy.get();
        String yaml = trial.policy();
        if (yaml == null) {
            return judged(call, trial, inForce, Optional.empty());
        }
        if (!compiling.tryAcquire()) {
            return Envelope.rateLimited(
                    "Somebody else's rules are being compiled; one trial at a time does.", ONE_AT_A_TIME);
        }
        Guard given;
        try {
            GuardPolicy active = inForce.guard().policy();
            RulePack draft = PackDraft.read(yaml, active.packs());
            given = compiler.apply(active.replacing(draft));
        } catch (PolicyFileException e) {
            return Envelope.refused(Refusal.invalid(errors(e)));
        } finally {
            compiling.release();
        }
        return judged(call, trial, inForce, Optional.of(given));
    }

    private Conclusion judged(Call call, PolicyTrial trial, PolicyInForce inForce, Optional<Guard> given) {
        List<JsonObject> results = new ArrayList<>();
        int blocked = 0;
        int blockedByGiven = 0;
        for (int i = 0; i < trial.texts().size(); i++) {
            List<GuardedText> text =
                    List.of(new GuardedText("texts[" + i + "]", trial.texts().get(i)));
            Verdict active = Verdict.covering(text, inForce.guard().inspect(text));
            blocked += blocks(active) ? 1 : 0;
            JsonObject result = new JsonObject().with("active", told(active));
            if (given.isPresent()) {
                Verdict other = Verdict.covering(text, given.get().inspect(text));
                blockedByGiven += blocks(other) ? 1 : 0;
                result.with("given", told(other));
            }
            results.add(result);
        }
        EventDraft event = new EventDraft(EventType.GUARD_CALLED, EventOutcome.ALLOWED)
                .with("stage", "input")
                .with("texts", trial.texts().size())
                .with("text_length", trial.length())
                .with("blocked", blocked);
        return new Conclusion(
                Answer.json(new JsonObject()
                        .with("request_id", call.requestId())
                        .with("policy", inForce.hash())
                        .with("results", results)),
                given.isPresent() ? event.with("blocked_by_given", blockedByGiven) : event);
    }

    private static boolean blocks(Verdict verdict) {
        return verdict.<Boolean>fold(pass -> false, block -> true);
    }

    private static JsonObject told(Verdict verdict) {
        JsonObject told = new JsonObject().with("allowed", !blocks(verdict));
        return VerdictJson.addFindings(told, verdict.findings(), true, MOST_FINDINGS)
                .with(
                        "redacted",
                        verdict.<@Nullable String>fold(
                                pass -> pass.texts().get(0).text(), block -> null));
    }

    /** They tell the lines; what stands there the author has. */
    private static List<FieldError> errors(PolicyFileException refused) {
        return refused.errors().stream()
                .limit(MOST_ERRORS)
                .map(error -> new FieldError(PolicyTrial.POLICY, error))
                .toList();
    }
}
