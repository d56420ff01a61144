package io.clawsec.query;

import io.clawsec.access.Role;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Conclusion;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Refusal;
import io.clawsec.call.Violation;
import io.clawsec.guard.Action;
import io.clawsec.guard.Category;
import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.Receipt;
import io.clawsec.guard.Verdict;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.usage.Quota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code /query} says to its caller and to the audit once the guard has spoken. */
final class QueryAnswers {

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

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

    Conclusion blocked(Question question, Role role, Verdict.Block block, @Nullable Quota quota) {
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
                new Refusal(Refusal.Code.POLICY_VIOLATION, block.reason(), violations, List.of(), quota),
                new EventDraft(EventType.POLICY_VIOLATION, EventOutcome.DENIED)
                        .violating(rules(blocking))
                        .with("stage", INPUT)
                        .with("prompt_length", question.promptLength()));
    }

    Conclusion answered(
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
        return new Conclusion(Answer.json(body(response, input, completed, output), quota), events);
    }

    private java.util.Optional<EventDraft> redactionEvent(String stage, Verdict.Pass pass) {
        List<Finding> redacted = personalData(pass);
        return redacted.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(new EventDraft(EventType.PII_REDACTED, EventOutcome.ALLOWED)
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

    private Map<String, @Nullable Object> body(
            String response, Verdict.Pass input, ModelReply.Completed completed, Verdict.Pass output) {
        List<Finding> outputSecrets = secrets(output);
        List<Finding> outputPersonalData = personalData(output);
        Map<String, @Nullable Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", completed.promptTokens());
        usage.put("completion_tokens", completed.completionTokens());
        usage.put("cost_usd", model.live() ? null : 0); // what a live model costs is not known here yet
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("response", response);
        body.put("model", completed.model());
        body.put("sanitized", !outputSecrets.isEmpty() || !outputPersonalData.isEmpty());
        body.put("policy_notes", notes(outputSecrets, outputPersonalData));
        body.put(
                "pii_redacted",
                Map.of(INPUT, placeholders(personalData(input)), OUTPUT, placeholders(outputPersonalData)));
        body.put(
                "findings",
                Stream.concat(findings(INPUT, input), findings(OUTPUT, output)).toList());
        body.put("usage", usage);
        body.put(
                "receipt",
                Map.of(
                        "policy",
                        policyHash,
                        "stages",
                        Stream.of(input.receipt(), output.receipt())
                                .map(QueryAnswers::stage)
                                .toList()));
        return body;
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

    private static Stream<Map<String, Object>> findings(String stage, Verdict.Pass pass) {
        return pass.findings().stream().map(finding -> {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("rule", finding.rule());
            told.put("category", finding.category().wireName());
            told.put("action", finding.action().wireName());
            told.put("stage", stage);
            told.put("field", finding.field());
            told.put("start", finding.start());
            told.put("end", finding.end());
            return told;
        });
    }

    private static Map<String, Object> stage(Receipt receipt) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("stage", receipt.stage());
        told.put("fields", receipt.fields());
        told.put("characters", receipt.characters());
        told.put("views", receipt.views());
        told.put("rules", receipt.rules());
        return told;
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
