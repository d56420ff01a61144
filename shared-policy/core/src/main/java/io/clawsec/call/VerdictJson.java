package io.clawsec.call;

import io.clawsec.guard.Finding;
import io.clawsec.guard.Receipt;
import io.clawsec.json.JsonObject;
import java.util.List;

/** How callers are told what the guard found and what it scanned: names, places and counts, never the text. */
public final class VerdictJson {

    private VerdictJson() {}

    /** One finding; {@code score} is added by those who may tell it. */
    public static JsonObject finding(Finding finding) {
        return new JsonObject()
                .with("rule", finding.rule())
                .with("category", finding.category().wireName())
                .with("action", finding.action().wireName())
                .with("field", finding.field())
                .with("start", finding.start())
                .with("end", finding.end());
    }

    /** Adds the findings of a verdict, in order, the first {@code most} of them, and how many were left out. */
    public static JsonObject addFindings(JsonObject body, List<Finding> findings, boolean scores, int most) {
        body.with(
                "findings",
                findings.stream()
                        .limit(most)
                        .map(finding -> scores ? finding(finding).with("score", finding.score()) : finding(finding))
                        .toList());
        return findings.size() <= most ? body : body.with("findings_omitted", findings.size() - most);
    }

    /**
     * What was scanned, by which policy.
     *
     * @param policyHash SHA-256 of the policy that judged
     */
    public static JsonObject receipt(String policyHash, List<Receipt> stages) {
        return new JsonObject()
                .with("policy", policyHash)
                .with("stages", stages.stream().map(VerdictJson::stage).toList());
    }

    private static JsonObject stage(Receipt receipt) {
        return new JsonObject()
                .with("stage", receipt.stage())
                .with("fields", receipt.fields())
                .with("characters", receipt.characters())
                .with("views", receipt.views())
                .with("rules", receipt.rules());
    }
}
