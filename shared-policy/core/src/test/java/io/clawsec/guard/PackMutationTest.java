package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.guard.text.TextViews;
import io.clawsec.policyfile.PolicyFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules' own examples and the texts at their edges notice when a pattern of an injection or of personal data is wrong
 * by one character. {@code -Dclawsec.mutants=1} tries every mutant and prints the table, as {@link #main} does.
 */
class PackMutationTest {

    private static final long SEED = Long.getLong("clawsec.samples.seed", 20261122L);
    private static final double SHARE = Double.parseDouble(System.getProperty("clawsec.mutants", "0.03"));
    private static final double LEAST_RULES = 0.95;

    /** Noticed mutants for which the search must find a text of its own, and how many of a hundred it may miss. */
    private static final int SEARCHED = 100;

    private static final int MOST_SEARCHED_IN_VAIN = 1;

    private static final TextViews VIEWS = TextViews.against(List.of());

    /** A pack with its tables. */
    enum Pack {
        INJECTION(Category.INJECTION, "/policy/injection-edges.txt", "/policy/injection-alternatives.txt"),
        PERSONAL_DATA(Category.PII, "/policy/personal-edges.txt", "");

        private final RulePack rules;
        private final Map<String, List<Sample>> edges;
        private final Map<String, List<Sample>> alternatives;

        Pack(Category category, String edges, String alternatives) {
            this.rules = PolicyFiles.packaged().load().packs().stream()
                    .filter(each -> each.category() == category)
                    .findFirst()
                    .orElseThrow();
            this.edges = MarkedTexts.read(edges);
            this.alternatives = alternatives.isEmpty() ? Map.of() : MarkedTexts.read(alternatives);
        }

        private List<Sample> edges(Rule rule) {
            return edges.getOrDefault(rule.id(), List.of());
        }

        /** Whatever a test holds the rule to: the edges with their spans, all else found or not found. */
        private List<Sample> texts(Rule rule) {
            List<Sample> texts = new ArrayList<>(edges(rule));
            PatternJudge judge = new PatternJudge(rule, rule.patterns());
            rule.examples().match().forEach(text -> texts.add(foundIn(text, judge)));
            alternatives.getOrDefault(rule.id(), List.of()).forEach(sample -> texts.add(foundIn(sample.text(), judge)));
            // Those that only lack a context word, or are talk about an attack, are passed over: patterns know of
            // neither.
            rule.examples().noMatch().forEach(text -> texts.add(Sample.nothingIn(text)));
            return texts;
        }

        /** The text in the first view in which something is found: some patterns are for letters without their marks. */
        private static Sample foundIn(String text, PatternJudge judge) {
            return VIEWS.ofInput(text).stream()
                    .map(view -> Sample.somethingIn(view.text()))
                    .filter(sample -> sample.isMetBy(judge.judged(sample.text())))
                    .findFirst()
                    .orElse(Sample.somethingIn(text));
        }

        private PackMutation mutation() {
            Map<String, List<Sample>> texts = new HashMap<>();
            rules.rules().forEach(rule -> texts.put(rule.id(), texts(rule)));
            Random random = new Random(SEED);
            return new PackMutation(rules, texts, (rule, pattern, mutant) -> {
                MutantSearch.Result result = new MutantSearch(rule, pattern, mutant, random).run();
                if (result.difference() != null) {
                    return MarkedTexts.line(result.difference());
                }
                return result.isThorough() ? null : "";
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleFindsWhatIsMarkedAtItsEdgesAndNothingElse(Pack pack) {
        List<String> wrong = new ArrayList<>();
        for (Rule rule : pack.rules.rules()) {
            Guard alone = new Guard(GuardPolicy.strict(
                    List.of(new RulePack(pack.rules.category().wireName(), rule.category(), List.of(rule)))));
            for (Sample sample : pack.edges(rule)) {
                List<Finding> findings = alone.inspect(List.of(new GuardedText("prompt", sample.text())))
                        .findings();
                int start = findings.stream().mapToInt(Finding::start).min().orElse(-1);
                int end = findings.stream().mapToInt(Finding::end).max().orElse(-1);
                if (start != sample.start() || end != sample.end()) {
                    wrong.add(String.format(
                            Locale.ROOT, "%s found %d to %d of: %s", rule.id(), start, end, sample.text()));
                }
            }
        }
        assertThat(wrong).isEmpty();
        Map<String, List<Sample>> misjudged = pack.mutation().misjudged();
        for (Rule rule : pack.rules.rules()) {
            assertThat(misjudged.getOrDefault(rule.id(), List.of()))
                    .extracting(Sample::text)
                    .isSubsetOf(rule.examples().noMatch());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlipInAPatternIsNoticed(Pack pack) {
        System.out.println("seed " + SEED);
        PackMutation.Report report = report(pack, SHARE);
        System.out.println(pack + "\n" + report.table(3));
        assertThat(report.rulesWithoutAMiss()).isGreaterThanOrEqualTo(LEAST_RULES);
    }

    /** What the search takes for no change at all would be a miss if the search were blind. */
    @ParameterizedTest
    @EnumSource
    void theSearchForAnEffectFindsOneWhereThereIsOne(Pack pack) {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        PackMutation mutation = pack.mutation();
        List<String> inVain = new ArrayList<>();
        for (int searched = 0; searched < SEARCHED; ) {
            Rule rule = any(pack.rules.rules(), random);
            int pattern = random.nextInt(rule.patterns().size());
            PatternMutants.Mutant mutant = any(PatternMutants.of(rule.patterns().get(pattern)), random);
            if (!mutation.isNoticed(rule, pattern, mutant)) {
                continue;
            }
            searched++;
            MutantSearch.Result result = new MutantSearch(rule, pattern, mutant, random).run();
            if (result.difference() == null && result.isThorough()) {
                inVain.add(rule.id() + ": " + mutant.change());
            }
        }
        assertThat(inVain).hasSizeLessThanOrEqualTo(MOST_SEARCHED_IN_VAIN);
    }

    static PackMutation.Report report(Pack pack, double share) {
        return pack.mutation().run(share, SEED);
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Prints the whole table of both packs, with a text for each missed change that can be noticed. */
    public static void main(String[] args) {
        for (Pack pack : Pack.values()) {
            System.out.println(pack + "\n" + report(pack, 1).table(args.length == 0 ? 100 : Integer.parseInt(args[0])));
        }
    }
}
