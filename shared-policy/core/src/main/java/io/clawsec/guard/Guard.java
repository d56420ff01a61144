package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.guard.text.EndlessEncodingException;
import io.clawsec.guard.text.TextView;
import io.clawsec.guard.text.TextViews;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Judges what goes to a model and redacts what comes back. Immutable, safe for any number of threads.
 *
 * <p>It fails closed: whatever goes wrong inside is a {@link GuardUnavailableException}, never a pass. Its time is
 * linear in the text.
 */
public final class Guard {

    /** The rule id of an input that is too long. */
    public static final String MAX_INPUT_LENGTH_RULE = "max-input-length";

    /** The rule id of an input that is encoded in more layers, or disguised in more ways, than are looked through. */
    public static final String MAX_ENCODING_DEPTH_RULE = "max-encoding-depth";

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final GuardPolicy policy;
    private final List<RuleInForce> rules;
    private final CompiledRules inputRules;
    private final StageRules outputRules;
    private final TextViews views;

    /** Builds the matchers of the rules that are not off. */
    public Guard(GuardPolicy policy) {
        this(policy, PatternSet::compile);
    }

    Guard(GuardPolicy policy, Function<List<PatternSpec>, PatternSet> compiler) {
        this.policy = policy;
        this.rules = rulesOf(policy);
        this.inputRules = CompiledRules.compile(inForce(inputCategories()), compiler);
        List<Rule> output = inForce(outputCategories());
        this.outputRules = inputCategories().containsAll(outputCategories())
                ? StageRules.later(output, compiler)
                : StageRules.now(output, compiler);
        this.views = TextViews.against(inputRules.injectionPatterns());
    }

    private List<Rule> inForce(Set<Category> categories) {
        List<Rule> inForce = new ArrayList<>();
        for (RuleInForce rule : rules) {
            if (rule.mode() != RuleMode.OFF && categories.contains(rule.rule().category())) {
                inForce.add(rule.rule());
            }
        }
        return inForce;
    }

    /** What it was built from. */
    public GuardPolicy policy() {
        return policy;
    }

    /** Every rule with its mode, those that are off included, in the packs' order. */
    public List<RuleInForce> rules() {
        return rules;
    }

    /** How many rules look for the category, those that are off included. */
    public int ruleCount(Category category) {
        return (int) rules.stream()
                .filter(rule -> rule.rule().category() == category)
                .count();
    }

    /** How many rules do not look where they would: those that are off, and those that a switch stops somewhere. */
    public int rulesOff() {
        return (int) rules.stream()
                .filter(rule ->
                        rule.mode() == RuleMode.OFF || switchedOff(rule.rule().category()))
                .count();
    }

    /** How many rules only watch: what they find is told and changes nothing. */
    public int rulesMonitored() {
        return (int)
                rules.stream().filter(rule -> rule.mode() == RuleMode.MONITOR).count();
    }

    private boolean switchedOff(Category category) {
        return switch (category) {
            case INJECTION -> !policy.blockPromptInjection();
            case SECRET -> !policy.blockSecretExfiltration();
            case PII -> !policy.piiFilterInput() || !policy.piiFilterOutput();
            case LENGTH -> false;
        };
    }

    /**
     * Judges the input texts of one request together: blocks over-long texts, injections and credentials, and redacts
     * personal data.
     */
    public Verdict inspect(List<GuardedText> texts) {
        return closed(() -> {
            List<Finding> unseen = overlong(texts);
            List<List<TextView>> seen = unseen.isEmpty() ? look(texts, unseen) : List.of();
            if (!unseen.isEmpty()) {
                return new Verdict.Block(reason(unseen), unseen, Receipt.of(INPUT, texts, List.of(), 0));
            }
            Verdict.Pass pass = scan(INPUT, texts, seen, inputRules, this::inputAction);
            List<Finding> blocking = new ArrayList<>();
            for (Finding finding : pass.findings()) {
                if (finding.action() == Action.BLOCK) {
                    blocking.add(finding);
                }
            }
            return blocking.isEmpty() ? pass : new Verdict.Block(reason(blocking), pass.findings(), pass.receipt());
        });
    }

    private List<Finding> overlong(List<GuardedText> texts) {
        List<Finding> overlong = new ArrayList<>();
        for (GuardedText text : texts) {
            if (overlong(text.text())) {
                overlong.add(overlongFinding(text));
            }
        }
        return overlong;
    }

    /** The views of each text; of one that cannot be seen through, a finding. */
    private List<List<TextView>> look(List<GuardedText> texts, List<Finding> unseen) {
        List<List<TextView>> seen = new ArrayList<>();
        for (GuardedText text : texts) {
            try {
                seen.add(inputRules.rules() == 0 ? List.of() : views.ofInput(text.text()));
            } catch (EndlessEncodingException endless) {
                unseen.add(endlessFinding(text));
            }
        }
        return seen;
    }

    /** Replaces credentials and personal data in what a model wrote; never blocks, and looks for no injections. */
    public Verdict.Pass redact(GuardedText output) {
        return redact(List.of(output));
    }

    /** The same for several texts, each by itself. */
    public Verdict.Pass redact(List<GuardedText> outputs) {
        return closed(() -> {
            List<List<TextView>> seen = new ArrayList<>();
            for (GuardedText output : outputs) {
                seen.add(TextViews.ofOutput(output.text()));
            }
            return scan(OUTPUT, outputs, seen, outputRules.compiled(), this::outputAction);
        });
    }

    /** Starts on an output that comes in pieces. */
    public StreamRedactor redactor(String field) {
        return closed(() -> new StreamRedactor(field, outputRules.compiled(), this::outputAction));
    }

    private Verdict.Pass scan(
            String stage,
            List<GuardedText> texts,
            List<List<TextView>> seen,
            CompiledRules inForce,
            Function<Rule, Action> actions) {
        List<Redaction> redactions = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<GuardedText> scanned = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            GuardedText text = texts.get(i);
            List<Candidate> found = TextScan.run(seen.get(i), inForce, actions);
            findings.addAll(TextScan.findings(text.field(), found));
            redactions.add(TextScan.redaction(text, found));
            scanned.add(text);
        }
        return new Verdict.Pass(redactions, findings, Receipt.of(stage, scanned, seen, inForce.rules()));
    }

    private Set<Category> inputCategories() {
        Set<Category> asked = EnumSet.noneOf(Category.class);
        if (policy.blockPromptInjection()) {
            asked.add(Category.INJECTION);
        }
        if (policy.blockSecretExfiltration()) {
            asked.add(Category.SECRET);
        }
        if (policy.piiFilterInput()) {
            asked.add(Category.PII);
        }
        return asked;
    }

    private Set<Category> outputCategories() {
        return policy.piiFilterOutput() ? EnumSet.of(Category.SECRET, Category.PII) : EnumSet.of(Category.SECRET);
    }

    private Action inputAction(Rule rule) {
        return mode(policy, rule) == RuleMode.MONITOR ? Action.MONITOR : rule.action();
    }

    private Action outputAction(Rule rule) {
        Action action = inputAction(rule);
        return action == Action.BLOCK ? Action.REDACT : action;
    }

    private boolean overlong(String text) {
        return text.length() > policy.maxInputLength()
                && text.codePointCount(0, text.length()) > policy.maxInputLength();
    }

    private Finding overlongFinding(GuardedText text) {
        int start = text.text().offsetByCodePoints(0, policy.maxInputLength());
        int end = text.text().length();
        return new Finding(MAX_INPUT_LENGTH_RULE, Category.LENGTH, Action.BLOCK, text.field(), start, end, 1.0);
    }

    private static Finding endlessFinding(GuardedText text) {
        int end = text.text().length();
        return new Finding(MAX_ENCODING_DEPTH_RULE, Category.INJECTION, Action.BLOCK, text.field(), 0, end, 1.0);
    }

    private static String reason(List<Finding> blocking) {
        Category worst = Category.LENGTH;
        for (Finding finding : blocking) {
            worst = finding.category().compareTo(worst) < 0 ? finding.category() : worst;
        }
        return switch (worst) {
            case INJECTION -> "The input looks like an attempt to override or extract the system's instructions.";
            case SECRET -> "The input contains a credential.";
            case PII -> "The input contains personal data that may not be sent.";
            case LENGTH -> "The input is longer than the policy allows.";
        };
    }

    private static List<RuleInForce> rulesOf(GuardPolicy policy) {
        Set<String> ids = new HashSet<>();
        List<RuleInForce> rules = new ArrayList<>();
        for (RulePack pack : policy.packs()) {
            for (Rule rule : pack.rules()) {
                if (!ids.add(rule.id())) {
                    throw new IllegalArgumentException("two rules are named " + rule.id());
                }
                rules.add(new RuleInForce(rule, mode(policy, rule)));
            }
        }
        return List.copyOf(rules);
    }

    private static RuleMode mode(GuardPolicy policy, Rule rule) {
        return RuleMode.of(rule, policy.modes());
    }

    /** Runs the work so that nothing but an answer or the one exception comes out, and no text with it. */
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the caller must withhold
    static <T> T closed(Supplier<T> work) {
        try {
            return work.get();
        } catch (GuardUnavailableException already) {
            throw already;
        } catch (RuntimeException | Error failure) {
            // The cause's message may quote the text, so only its type and its place go on.
            GuardUnavailableException unavailable = new GuardUnavailableException(
                    "the guard failed: " + failure.getClass().getName(), null);
            unavailable.setStackTrace(failure.getStackTrace());
            throw unavailable;
        }
    }
}
