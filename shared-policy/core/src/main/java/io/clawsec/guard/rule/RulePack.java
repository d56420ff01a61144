package io.clawsec.guard.rule;

import java.util.List;

/**
 * The rules of one file, all of one category.
 *
 * @param name the file's name without its ending, such as {@code secrets}
 * @param category what all of them look for
 * @param rules in the file's order
 */
public record RulePack(String name, Category category, List<Rule> rules) {

    public RulePack {
        rules = List.copyOf(rules);
    }
}
