package io.clawsec.bench;

import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The ways that guards are usually built: a list of patterns, each tried on the whole text. */
final class OneByOne {

    private record Step(List<String> keywords, Predicate<CharSequence> finds) {}

    private final List<Step> steps = new ArrayList<>();

    /** RE2/J, each pattern only where the text holds one of its keywords. */
    static OneByOne gatedRe2(List<Rule> rules) {
        OneByOne all = new OneByOne();
        for (Rule rule : rules) {
            List<String> gate = rule.keywords().isEmpty() ? rule.context() : rule.keywords();
            for (String regex : rule.patterns()) {
                com.google.re2j.Pattern pattern = com.google.re2j.Pattern.compile(regex);
                all.steps.add(new Step(gate, text -> {
                    com.google.re2j.Matcher matcher = pattern.matcher(text);
                    boolean found = false;
                    while (matcher.find()) {
                        found = true;
                    }
                    return found;
                }));
            }
        }
        return all;
    }

    /** The JDK's backtracking patterns, on every text. */
    static OneByOne backtracking(List<Rule> rules) {
        OneByOne all = new OneByOne();
        for (Rule rule : rules) {
            for (String regex : rule.patterns()) {
                java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(regex.replace("(?P<", "(?<"));
                all.steps.add(new Step(List.of(), text -> {
                    java.util.regex.Matcher matcher = pattern.matcher(text);
                    boolean found = false;
                    while (matcher.find()) {
                        found = true;
                    }
                    return found;
                }));
            }
        }
        return all;
    }

    /** How many of the patterns are in the text. */
    int scan(String text) {
        return scan(text, text);
    }

    /**
     * The same.
     *
     * @param read the text as the patterns read it
     */
    int scan(String text, CharSequence read) {
        String lower = text.toLowerCase(Locale.ROOT).replaceAll("[0-9]", "#");
        int found = 0;
        for (Step step : steps) {
            boolean open = step.keywords().isEmpty() || step.keywords().stream().anyMatch(lower::contains);
            if (open && step.finds().test(read)) {
                found++;
            }
        }
        return found;
    }
}
