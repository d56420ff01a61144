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
import io.clawsec.guard.text.ViewKind;
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
    private final CompiledRules outputRules;
    private final TextViews views;

    /** Builds the matchers of the rules that are not off. */
    public Guard(GuardPolicy policy) {
        this(policy, PatternSet::compile);
    }

    Guard(GuardPolicy policy, Function<List<PatternSpec>, PatternSet> compiler) {
        this.policy = policy;
        this.rules = rulesOf(policy);
        this.inputRules = CompiledRules.compile(inForce(inputCategories()), compiler);
        this.outputRules = CompiledRules.compile(inForce(outputCategories()), compiler);
        this.views = TextViews.against(inputRules.injectionPatterns());
    }

    private List<Rule> inForce(Set<Category> categories) {
        return rules.stream()
                .filter(rule -> rule.mode() != RuleMode.OFF)
                .map(RuleInForce::rule)
                .filter(rule -> categories.contains(rule.category()))
                .toList();
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
            List<Finding> overlong = texts.stream()
                    .filter(text -> overlong(text.text()))
                    .map(this::overlongFinding)
                    .toList();
            if (!overlong.isEmpty()) {
                return new Verdict.Block(reason(overlong), overlong, receipt(INPUT, texts, List.of(), 0));
            }
            List<List<TextView>> seen = new ArrayList<>();
            List<Finding> endless = new ArrayList<>();
            for (GuardedText text : texts) {
                try {
                    seen.add(inputRules.rules() == 0 ? List.of() : views.ofInput(text.text()));
                } catch (EndlessEncodingException unseen) {
                    endless.add(endlessFinding(text));
                }
            }
            if (!endless.isEmpty()) {
                return new Verdict.Block(reason(endless), endless, receipt(INPUT, texts, List.of(), 0));
            }
            Verdict.Pass pass = scan(INPUT, texts, seen, inputRules, this::inputAction);
            List<Finding> blocking = pass.findings().stream()
                    .filter(finding -> finding.action() == Action.BLOCK)
                    .toList();
            return blocking.isEmpty() ? pass : new Verdict.Block(reason(blocking), pass.findings(), pass.receipt());
        });
    }

    /** Replaces credentials and personal data in what a model wrote; never blocks, and looks for no injections. */
    public Verdict.Pass redact(GuardedText output) {
        return redact(List.of(output));
    }

    /** The same for several texts, each by itself. */
    public Verdict.Pass redact(List<GuardedText> outputs) {
        return closed(() -> {
            List<List<TextView>> seen = outputs.stream()
                    .map(output -> TextViews.ofOutput(output.text()))
                    .toList();
            return scan(OUTPUT, outputs, seen, outputRules, this::outputAction);
        });
    }

    /** Starts on an output that comes in pieces. */
    public StreamRedactor redactor(String field) {
        return new StreamRedactor(field, outputRules, this::outputAction);
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
        return new Verdict.Pass(redactions, findings, receipt(stage, scanned, seen, inForce.rules()));
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

    private static Receipt receipt(String stage, List<GuardedText> texts, List<List<TextView>> seen, int rules) {
        List<String> views = seen.stream()
                .flatMap(List::stream)
                .map(TextView::kind)
                .distinct()
                .sorted()
                .map(ViewKind::wireName)
                .toList();
        return new Receipt(
                stage, texts.stream().map(GuardedText::field).toList(), Receipt.charactersOf(texts), views, rules);
    }

    private static String reason(List<Finding> blocking) {
        Category worst = blocking.stream()
                .map(Finding::category)
                .min(Category::compareTo)
                .orElseThrow();
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
