package io.clawsec.fuzz;

import static io.clawsec.fuzz.FuzzTarget.check;

import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Redaction;
import io.clawsec.guard.RuleInForce;
import io.clawsec.guard.Verdict;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import io.clawsec.policyfile.PolicyFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Any text through the packaged rules, as an answer and as a prompt: the guard answers, the same each time; what it
 * found is replaced and nothing else, and where that stood free of other words, a short text is not redacted further.
 */
final class RedactTarget {

    private static final Guard GUARD =
            new Guard(GuardPolicy.strict(PolicyFiles.packaged().load().packs()));
    private static final Map<String, String> PLACEHOLDERS =
            GUARD.rules().stream().map(RuleInForce::rule).collect(Collectors.toMap(Rule::id, Rule::placeholder));
    private static final int LONGEST_PLACEHOLDER =
            PLACEHOLDERS.values().stream().mapToInt(String::length).max().orElseThrow();

    /** Rules whose patterns reach for their value over any other text, which is shorter once a placeholder is in it. */
    private static final Set<String> REACHING = GUARD.rules().stream()
            .map(RuleInForce::rule)
            .filter(rule -> rule.patterns().stream().anyMatch(regex -> regex.contains("[^\\n]{0,")))
            .map(Rule::id)
            .collect(Collectors.toSet());

    /** A longer match that a validator turns down hides what is in it until something before it is replaced. */
    private static final int MAX_SEARCHED_AGAIN = 64;

    private RedactTarget() {}

    static void test(String text) {
        Verdict.Pass pass = redact(text);
        Redaction redaction = pass.texts().get(0);
        List<Finding> findings = pass.findings();
        check(redaction.equals(replaced(text, findings)), "what was found is not what was replaced: ", findings);
        check(
                redaction.text().length() <= text.length() + findings.size() * LONGEST_PLACEHOLDER,
                "the text grew by more than its placeholders: ",
                findings);
        check(redact(text).equals(pass), "the second time is not as the first: ", findings);
        if (text.length() <= MAX_SEARCHED_AGAIN && findings.stream().allMatch(finding -> standsFree(text, finding))) {
            List<Finding> again = redact(redaction.text()).findings();
            check(
                    again.stream().allMatch(finding -> REACHING.contains(finding.rule())),
                    "redacting again changes more: ",
                    List.of(findings, " then ", again));
        }
        Verdict prompt = GUARD.inspect(List.of(new GuardedText("prompt", text)));
        boolean blocks = prompt.findings().stream().anyMatch(finding -> finding.action() == Action.BLOCK);
        check(blocks == prompt instanceof Verdict.Block, "a verdict that its findings do not lead to: ", findings);
    }

    private static Verdict.Pass redact(String text) {
        return GUARD.redact(new GuardedText("response", text));
    }

    /** The text with a placeholder for each finding, by the findings alone. */
    private static Redaction replaced(String text, List<Finding> findings) {
        StringBuilder replaced = new StringBuilder();
        List<String> placeholders = new ArrayList<>();
        int from = 0;
        for (Finding finding : findings) {
            check(
                    from <= finding.start() && finding.start() < finding.end() && finding.end() <= text.length(),
                    "spans overlap, are empty or out of the text: ",
                    findings);
            String placeholder = String.valueOf(PLACEHOLDERS.get(finding.rule()));
            replaced.append(text, from, finding.start()).append(placeholder);
            from = finding.end();
            if (!placeholders.contains(placeholder)) {
                placeholders.add(placeholder);
            }
        }
        return new Redaction("response", replaced + text.substring(from), placeholders);
    }

    /** A value that is glued to a word may leave something that is a value itself once a placeholder stands there. */
    private static boolean standsFree(String text, Finding finding) {
        return isFree(text, finding.start() - 1) && isFree(text, finding.end());
    }

    private static boolean isFree(String text, int at) {
        return at < 0 || at >= text.length() || text.charAt(at) == ' ' || text.charAt(at) == '\n';
    }
}
