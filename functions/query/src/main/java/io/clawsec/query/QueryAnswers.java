package io.clawsec.query;

import io.clawsec.access.Role;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Conclusion;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Refusal;
import io.clawsec.call.VerdictJson;
import io.clawsec.call.Violation;
import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.Verdict;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.json.JsonObject;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.usage.Quota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code /query} says to its caller and to the audit once the guard has spoken. */
final class QueryAnswers {

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    /** Findings that one answer tells: a backend's 4 MB may hold hundreds of thousands, each longer told than found. */
    private static final int MOST_FINDINGS = GuardCalls.MOST_FINDINGS;

    private final String policyHash;
    private final LanguageModel model;
    private final Metrics metrics;
    private final Map<String, String> placeholders = new HashMap<>();

    /**
     * Prepares the answers.
     *
     * @param policyHash the active policy's SHA-256, for receipts
     */
    QueryAnswers(String policyHash, Guard guard, LanguageModel model, Metrics metrics) {
        this.policyHash = policyHash;
        this.model = model;
        this.metrics = metrics;
        guard.rules()
                .forEach(inForce ->
                        placeholders.put(inForce.rule().id(), inForce.rule().placeholder()));
    }

    Conclusion blocked(Question question, Role role, Verdict.Block block) {
        List<Finding> blocking = block.findings().stream()
                .filter(finding -> finding.action() == Action.BLOCK)
                .toList();
        blocking.forEach(finding ->
                metrics.count(Metric.POLICY_VIOLATIONS, finding.category().wireName(), role.name()));
        List<Violation> violations = blocking.stream()
                .map(finding -> new Violation(
                        finding.rule(),
                        finding.category().wireName(),
                        finding.action().wireName()))
                .distinct()
                .toList();
        return new Conclusion(
                new Refusal(Refusal.Code.POLICY_VIOLATION, block.reason(), violations, List.of(), null),
                new EventDraft(EventType.POLICY_VIOLATION, EventOutcome.DENIED)
                        .violating(rules(blocking))
                        .with("stage", INPUT)
                        .with("prompt_length", question.promptLength()));
    }

    Conclusion answered(
            UUID requestId,
            Question question,
            Role role,
            Verdict.Pass input,
            ModelReply.Completed completed,
            Verdict.Pass output,
            @Nullable Quota quota) {
        count(role, input, output, completed);
        String response = output.texts().get(0).text();
        List<EventDraft> events = new ArrayList<>();
        events.add(new EventDraft(EventType.LLM_QUERY, EventOutcome.ALLOWED)
                .violating(rules(secrets(output)))
                .with("prompt_length", question.promptLength())
                .with("response_length", response.codePointCount(0, response.length()))
                .with("model", completed.model())
                .with("prompt_tokens", completed.promptTokens())
                .with("completion_tokens", completed.completionTokens()));
        redactionEvent(INPUT, input).ifPresent(events::add);
        redactionEvent(OUTPUT, output).ifPresent(events::add);
        return new Conclusion(Answer.json(body(requestId, response, input, completed, output), quota), events);
    }

    private Optional<EventDraft> redactionEvent(String stage, Verdict.Pass pass) {
        List<Finding> redacted = personalData(pass);
        return redacted.isEmpty()
                ? Optional.empty()
                : Optional.of(new EventDraft(EventType.PII_REDACTED, EventOutcome.ALLOWED)
                        .violating(rules(redacted))
                        .with("stage", stage)
                        .with("pii_types", placeholders(redacted))
                        .with("spans", redacted.size()));
    }

    private void count(Role role, Verdict.Pass input, Verdict.Pass output, ModelReply.Completed completed) {
        secrets(output)
                .forEach(finding -> metrics.count(
                        Metric.POLICY_VIOLATIONS, finding.category().wireName(), role.name()));
        countRedactions(INPUT, role, personalData(input).size());
        countRedactions(OUTPUT, role, personalData(output).size());
        metrics.count(Metric.LLM_TOKENS, completed.promptTokens(), model.name(), "prompt");
        metrics.count(Metric.LLM_TOKENS, completed.completionTokens(), model.name(), "completion");
    }

    private void countRedactions(String stage, Role role, int spans) {
        if (spans > 0) {
            metrics.count(Metric.PII_REDACTIONS, spans, stage, role.name());
        }
    }

    private JsonObject body(
            UUID requestId, String response, Verdict.Pass input, ModelReply.Completed completed, Verdict.Pass output) {
        List<Finding> outputSecrets = secrets(output);
        List<Finding> outputPersonalData = personalData(output);
        JsonObject body = new JsonObject()
                .with("request_id", requestId)
                .with("response", response)
                .with("model", completed.model())
                .with("sanitized", !outputSecrets.isEmpty() || !outputPersonalData.isEmpty())
                .with("policy_notes", notes(outputSecrets, outputPersonalData))
                .with(
                        "pii_redacted",
                        new JsonObject()
                                .with(INPUT, placeholders(personalData(input)))
                                .with(OUTPUT, placeholders(outputPersonalData)))
                .with(
                        "findings",
                        Stream.concat(findings(INPUT, input), findings(OUTPUT, output))
                                .limit(MOST_FINDINGS)
                                .toList());
        int findings = input.findings().size() + output.findings().size();
        if (findings > MOST_FINDINGS) {
            body.with("findings_omitted", findings - MOST_FINDINGS);
        }
        return body.with("usage", usage(completed))
                .with("receipt", VerdictJson.receipt(policyHash, List.of(input.receipt(), output.receipt())));
    }

    private JsonObject usage(ModelReply.Completed completed) {
        return new JsonObject()
                .with("prompt_tokens", completed.promptTokens())
                .with("completion_tokens", completed.completionTokens())
                .with("cost_usd", model.live() ? null : 0); // what a live model costs is not known here yet
    }

    private static @Nullable String notes(List<Finding> secrets, List<Finding> personalData) {
        if (secrets.isEmpty() && personalData.isEmpty()) {
            return null;
        }
        return "Output sanitized: "
                + (secrets.isEmpty() ? "" : "secrets redacted")
                + (secrets.isEmpty() || personalData.isEmpty() ? "" : ", ")
                + (personalData.isEmpty() ? "" : "PII redacted");
    }

    private static Stream<JsonObject> findings(String stage, Verdict.Pass pass) {
        return pass.findings().stream()
                .map(finding -> VerdictJson.finding(finding).with("stage", stage));
    }

    private List<String> placeholders(List<Finding> findings) {
        return findings.stream()
                .map(finding -> placeholders.getOrDefault(finding.rule(), ""))
                .distinct()
                .toList();
    }

    private static List<Finding> personalData(Verdict.Pass pass) {
        return redacted(pass, Category.PII);
    }

    private static List<Finding> secrets(Verdict.Pass pass) {
        return redacted(pass, Category.SECRET);
    }

    private static List<Finding> redacted(Verdict.Pass pass, Category category) {
        return pass.findings().stream()
                .filter(finding -> finding.category() == category && finding.action() == Action.REDACT)
                .toList();
    }

    private static List<String> rules(List<Finding> findings) {
        return findings.stream().map(Finding::rule).distinct().toList();
    }
}
