package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rules of one stage, with their patterns in one matcher, and the pattern of the placeholders in the same.
 *
 * @param rules how many rules there are
 * @param ruleOfPattern the rule of each pattern, by the pattern's number; the placeholders' pattern has the next
 * @param contextOf the context words of each rule that needs some, by the rule's id
 * @param contextGate which patterns need not be looked at for want of these words
 * @param patterns all their patterns
 */
record CompiledRules(
        int rules,
        List<Rule> ruleOfPattern,
        Map<String, ContextWords> contextOf,
        ContextGate contextGate,
        PatternSet patterns) {

    static CompiledRules compile(List<Rule> rules, Function<List<PatternSpec>, PatternSet> compiler) {
        List<Rule> ruleOfPattern = new ArrayList<>();
        List<PatternSpec> specs = new ArrayList<>();
        Map<String, ContextWords> contextOf = new HashMap<>();
        for (Rule rule : rules) {
            for (String regex : rule.patterns()) {
                ruleOfPattern.add(rule);
                specs.add(new PatternSpec(rule.id(), regex, rule.keywords(), rule.also(), rule.maxLength()));
            }
            if (!rule.context().isEmpty()) {
                contextOf.put(rule.id(), new ContextWords(rule.context()));
            }
        }
        specs.add(RedactedSpans.PLACEHOLDER);
        return new CompiledRules(
                rules.size(),
                List.copyOf(ruleOfPattern),
                Map.copyOf(contextOf),
                new ContextGate(rules),
                compiler.apply(specs));
    }

    /** The sources of the patterns of rules against injections. */
    List<String> injectionPatterns() {
        List<String> patterns = new ArrayList<>();
        String last = "";
        for (Rule rule : ruleOfPattern) {
            if (!rule.id().equals(last) && rule.category() == Category.INJECTION) { // a rule's patterns stand together
                patterns.addAll(rule.patterns());
            }
            last = rule.id();
        }
        return patterns;
    }

    boolean isPlaceholder(int pattern) {
        return pattern == ruleOfPattern.size();
    }
}
