package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.guard.rule.Severity;
import io.clawsec.guard.rule.Validator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Small rules to build guards from. */
final class RuleSamples {

    private RuleSamples() {}

    static Rule rule(String id, Category category, Severity severity, String pattern) {
        return rule(id, category, severity, pattern, List.of());
    }

    static Rule rule(String id, Category category, Severity severity, String pattern, List<String> context) {
        return new Rule(
                id,
                category,
                category == Category.PII ? Action.REDACT : Action.BLOCK,
                severity,
                id.toUpperCase(Locale.ROOT),
                "A sample.",
                List.of(pattern),
                List.of(),
                List.of(),
                context,
                List.of(),
                Validator.NONE,
                256,
                List.of(),
                new Rule.Examples(List.of(), List.of()));
    }

    /** One pack for each category that the rules have. */
    static List<RulePack> packs(Rule... rules) {
        return Stream.of(Category.values())
                .map(category -> new RulePack(
                        category.wireName(),
                        category,
                        Arrays.stream(rules)
                                .filter(rule -> rule.category() == category)
                                .toList()))
                .toList();
    }
}
