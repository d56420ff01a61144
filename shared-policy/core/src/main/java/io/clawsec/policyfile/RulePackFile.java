package io.clawsec.policyfile;

import io.clawsec.guard.Guard;
import io.clawsec.guard.pattern.PatternRefusedException;
import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.guard.rule.Severity;
import io.clawsec.guard.rule.Validator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a rule pack: {@code category:}, and {@code rules:}, a list. */
final class RulePackFile {

    private static final int MAX_PATTERN_CHARACTERS = 2_000;
    /** States of all patterns of one file, as RE2/J counts them: memory and time of the matcher grow with them. */
    static final int MAX_STATES = 600_000;

    /** What a pattern that is refused counts as: to refuse one takes time too, and a file may have very many. */
    private static final int REFUSED_STATES = MAX_STATES / 150;

    private static final int DEFAULT_MAX_LENGTH = 256;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+){0,8}");
    private static final Pattern LABEL = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
    private static final Set<String> KEYS = Set.of(
            "id",
            "description",
            "patterns",
            "keywords",
            "also",
            "context",
            "unless_before",
            "validator",
            "max_length",
            "action",
            "severity",
            "label",
            "references",
            "examples");

    private final PolicyErrors errors;
    private final Category category;
    private final boolean checkPatterns;
    private final Set<String> ids = new HashSet<>();
    private final BiConsumer<String, RulePlaces> places;
    private int states;

    private RulePackFile(
            PolicyErrors errors, Category category, boolean checkPatterns, BiConsumer<String, RulePlaces> places) {
        this.places = places;
        this.errors = errors;
        this.category = category;
        this.checkPatterns = checkPatterns;
    }

    /**
     * The pack; what it returns counts only where no error was added.
     *
     * @param checkPatterns whether to compile every pattern now, to refuse it with its line; the packaged files need
     *     it not, for a test has done it
     */
    static RulePack read(PolicySource source, Category category, boolean checkPatterns, PolicyErrors errors) {
        return read(source, category, checkPatterns, errors, (id, places) -> {});
    }

    /**
     * The same, and tells where each rule stands, by its id.
     *
     * @param places is told once for each rule
     */
    static RulePack read(
            PolicySource source,
            Category category,
            boolean checkPatterns,
            PolicyErrors errors,
            BiConsumer<String, RulePlaces> places) {
        List<Rule> rules = new ArrayList<>();
        YamlText.parse(source, errors).ifPresent(file -> {
            file.allowOnly(Set.of("category", "rules"));
            if (!file.text("category").equals(category.wireName())) {
                errors.add(file.at("category"), "the category of this file is " + category.wireName());
            }
            if (!file.keys().contains("rules")) {
                // The beginning of a file that is still being written, and every rule of it would be off.
                errors.add(file.node(), "the file has no rules; write [] for none");
            }
            RulePackFile pack = new RulePackFile(errors, category, checkPatterns, places);
            file.maps("rules", "the rule")
                    .forEach(rule -> pack.rule(source.name(), rule).ifPresent(rules::add));
        });
        return new RulePack(source.name().replaceFirst("\\.yaml$", ""), category, rules);
    }

    private Optional<Rule> rule(String file, YamlMap rule) {
        rule.allowOnly(KEYS);
        String id = rule.text("id");
        if (!ID.matcher(id).matches()) {
            errors.add(rule.at("id"), "an id is lower-case words with dashes between");
        }
        if (Category.of(id).isPresent() || id.equals(Guard.MAX_INPUT_LENGTH_RULE)) {
            errors.add(rule.at("id"), "the id " + errors.quoted(id) + " means something else already");
        }
        if (!ids.add(id)) {
            errors.add(rule.at("id"), "the id " + errors.quoted(id) + " is there twice");
        }
        List<String> patterns = rule.texts("patterns");
        if (patterns.isEmpty()) {
            errors.add(rule.node(), "rule " + errors.quoted(id) + " has no patterns");
            return Optional.empty();
        }
        Optional<YamlMap> examples = rule.map("examples", "examples");
        places.accept(
                id,
                new RulePlaces(
                        file,
                        rule.line(),
                        rule.lines("patterns"),
                        examples.map(map -> map.lines("match")).orElse(List.of()),
                        examples.map(map -> map.lines("no_match")).orElse(List.of())));
        Rule read = new Rule(
                id,
                category,
                known(rule, "action", Action::of).orElse(category == Category.PII ? Action.REDACT : Action.BLOCK),
                known(rule, "severity", Severity::of).orElse(Severity.MEDIUM),
                label(rule),
                rule.text("description"),
                patterns,
                literals(rule, "keywords"),
                literals(rule, "also"),
                literals(rule, "context"),
                literals(rule, "unless_before"),
                known(rule, "validator", Validator::of).orElse(Validator.NONE),
                rule.optionalInteger("max_length", Rule.MIN_MATCH_CHARACTERS, Rule.MAX_MATCH_CHARACTERS)
                        .orElse(DEFAULT_MAX_LENGTH),
                rule.texts("references"),
                examples.map(this::examples).orElse(new Rule.Examples(List.of(), List.of())));
        check(rule, read);
        return Optional.of(read);
    }

    private void check(YamlMap at, Rule rule) {
        if (category == Category.INJECTION && rule.action() == Action.REDACT) {
            errors.add(at.at("action"), "an injection is blocked or monitored, not redacted");
        }
        if (category != Category.INJECTION && !rule.unlessBefore().isEmpty()) {
            errors.add(at.at("unless_before"), "only an injection may be spared for what stands before it");
        }
        List<Integer> lines = at.lines("patterns");
        for (int i = 0; i < rule.patterns().size(); i++) {
            String pattern = rule.patterns().get(i);
            int line = lines.size() == rule.patterns().size() ? lines.get(i) : at.line();
            if (pattern.length() > MAX_PATTERN_CHARACTERS) {
                errors.add(line, "a pattern is longer than " + MAX_PATTERN_CHARACTERS + " characters");
            } else if (checkPatterns && states <= MAX_STATES) {
                checkPattern(line, rule, pattern);
            }
        }
    }

    private void checkPattern(int line, Rule rule, String pattern) {
        try {
            states += PatternSet.check(
                    new PatternSpec(rule.id(), pattern, rule.keywords(), rule.also(), rule.maxLength()));
            if (states > MAX_STATES) {
                errors.add(line, "the patterns of this file compile to more than " + MAX_STATES + " states");
            }
        } catch (PatternRefusedException refused) {
            errors.add(line, "rule " + errors.quoted(rule.id()) + ": " + refused.reason());
            states += REFUSED_STATES;
        }
    }

    private String label(YamlMap rule) {
        if (category == Category.INJECTION && !rule.keys().contains("label")) {
            return "INJECTION";
        }
        String label = rule.text("label");
        if (!LABEL.matcher(label).matches()) {
            errors.add(rule.at("label"), "a label is upper-case letters, digits and underscores, 32 at most");
        }
        return label;
    }

    /** Literals of the gate and the context: lower-case ASCII. */
    private List<String> literals(YamlMap rule, String key) {
        List<String> literals = rule.texts(key);
        for (String literal : literals) {
            if (literal.isEmpty() || !isLowerCaseAscii(literal)) {
                errors.add(rule.at(key), "an entry of " + key + " is not lower-case ASCII");
            }
        }
        return literals;
    }

    private static boolean isLowerCaseAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || Character.isUpperCase(character)) {
                return false;
            }
        }
        return true;
    }

    private Rule.Examples examples(YamlMap examples) {
        examples.allowOnly(Set.of("match", "no_match"));
        List<String> match = examples.texts("match");
        List<String> noMatch = examples.texts("no_match");
        if (match.isEmpty() || noMatch.isEmpty()) {
            errors.add(examples.node(), "a rule has examples that match and examples that do not");
        }
        return new Rule.Examples(match, noMatch);
    }

    private <T> Optional<T> known(YamlMap rule, String key, Function<String, Optional<T>> finder) {
        Optional<String> name = rule.optionalText(key);
        Optional<T> found = name.flatMap(finder);
        if (name.isPresent() && found.isEmpty()) {
            errors.add(rule.at(key), "unknown " + key + " " + errors.quoted(name.get()));
        }
        return found;
    }
}
