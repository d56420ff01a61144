package io.clawsec.bench;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.guard.rule.Severity;
import io.clawsec.guard.rule.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** 250 rules made at random in the forms that real packs have: prefixed tokens, numbers beside a word, phrases. */
final class SyntheticRules {

    private static final int TOKENS = 150;
    private static final int NUMBERS = 50;
    private static final int PHRASES = 50;

    private static final List<String> VERBS = List.of(
            "unlock", "reveal", "transmit", "bypass", "elevate", "grant", "export", "mirror", "rewrite", "suspend");
    private static final List<String> NOUNS = List.of(
            "safeguards",
            "transcripts",
            "credentials",
            "boundaries",
            "directives",
            "moderators",
            "watermarks",
            "registries",
            "checkpoints",
            "supervisors");

    private final Random random = new Random(250);

    /** The packs, one for each category. */
    static List<RulePack> packs() {
        SyntheticRules rules = new SyntheticRules();
        return List.of(
                new RulePack("synthetic-secrets", Category.SECRET, rules.tokens()),
                new RulePack("synthetic-pii", Category.PII, rules.numbers()),
                new RulePack("synthetic-injection", Category.INJECTION, rules.phrases()));
    }

    private List<Rule> tokens() {
        List<Rule> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            String prefix = letters(3 + random.nextInt(3)) + (random.nextBoolean() ? "_" : "-");
            String set = List.of("[A-Za-z0-9]", "[a-f0-9]", "[A-Za-z0-9_-]", "[A-Z2-7]")
                    .get(random.nextInt(4));
            int length = 16 + random.nextInt(40);
            String count = random.nextBoolean() ? "{" + length + "}\\b" : "{" + length + ",}";
            tokens.add(rule("token-" + i, Category.SECRET, "\\b" + prefix + set + count, List.of(prefix), List.of()));
        }
        return tokens;
    }

    private List<Rule> numbers() {
        List<Rule> numbers = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            String separator = List.of("", "[ -]?", "-", "[ .]").get(random.nextInt(4));
            StringBuilder pattern = new StringBuilder("\\b");
            for (int group = 0; group < 3; group++) {
                pattern.append(group == 0 ? "" : separator)
                        .append("\\d{")
                        .append(2 + random.nextInt(4))
                        .append('}');
            }
            List<String> context = List.of(letters(6), letters(8));
            numbers.add(rule("number-" + i, Category.PII, pattern + "\\b", List.of(), context));
        }
        return numbers;
    }

    private List<Rule> phrases() {
        List<Rule> phrases = new ArrayList<>();
        for (int i = 0; i < PHRASES; i++) {
            String verbs = VERBS.get(random.nextInt(10)) + "|" + VERBS.get(random.nextInt(10)) + "|" + letters(7);
            String nouns = NOUNS.get(random.nextInt(10)) + "|" + letters(9);
            String pattern = "(?i)\\b(?:" + verbs + ")\\s+(?:(?:all|any|the|your|every)\\s+){0,4}(?:" + nouns + ")\\b";
            phrases.add(rule("phrase-" + i, Category.INJECTION, pattern, List.of(nouns.split("\\|", 2)), List.of()));
        }
        return phrases;
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        while (letters.length() < count) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    private static Rule rule(
            String id, Category category, String pattern, List<String> keywords, List<String> context) {
        return new Rule(
                "synthetic-" + id,
                category,
                category == Category.PII ? Action.REDACT : Action.BLOCK,
                Severity.MEDIUM,
                id.replace('-', '_').toUpperCase(Locale.ROOT),
                "Made at random.",
                List.of(pattern),
                keywords,
                List.of(),
                context,
                List.of(),
                Validator.NONE,
                256,
                List.of(),
                new Rule.Examples(List.of(), List.of()));
    }
}
