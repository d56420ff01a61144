package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The rules of one category with their patterns compiled.
 *
 * @param rules how many rules there are
 * @param ruleOfPattern the rule of each pattern, by the pattern's number
 * @param patterns all their patterns
 */
record CompiledRules(int rules, List<Rule> ruleOfPattern, PatternSet patterns) {

    static CompiledRules compile(List<Rule> rules, Function<List<PatternSpec>, PatternSet> compiler) {
        List<Rule> ruleOfPattern = new ArrayList<>();
        List<PatternSpec> specs = new ArrayList<>();
        for (Rule rule : rules) {
            for (String regex : rule.patterns()) {
                ruleOfPattern.add(rule);
                specs.add(new PatternSpec(rule.id(), regex, rule.gate(), rule.also()));
            }
        }
        return new CompiledRules(rules.size(), List.copyOf(ruleOfPattern), compiler.apply(specs));
    }
}
