package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.policyfile.PolicyFiles;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The samples notice when a pattern of a credential is wrong by one character. {@code -Dclawsec.mutants=1} tries every
 * mutant and prints the table, as {@link #main} does.
 */
class SecretPackMutationTest {

    private static final long SEED = Long.getLong("clawsec.samples.seed", 20261122L);
    private static final double SHARE = Double.parseDouble(System.getProperty("clawsec.mutants", "0.05"));

    private static final int MOST_ODD_VALUES = 12;

    private static PackMutation mutation() {
        RulePack pack = PolicyFiles.packaged().load().packs().stream()
                .filter(each -> each.category() == Category.SECRET)
                .findFirst()
                .orElseThrow();
        return new PackMutation(
                pack, new SampleTable("secret-samples.txt", new Random(SEED)).samples(), PackMutation.Effect.ANY);
    }

    @Test
    void everySampleIsFoundWithJustItsSpanAndNoNearMissIs() {
        System.out.println("seed " + SEED);
        Map<String, List<Sample>> misjudged = mutation().misjudged();
        assertThat(misjudged.values().stream()
                        .flatMap(List::stream)
                        .filter(sample -> !sample.positive())
                        .map(Sample::text))
                .as("near misses that are found")
                .isEmpty();
        // A value of chance may look like a word or lack a digit; SecretSamplesTest counts how often.
        misjudged.forEach((rule, missed) -> assertThat(missed).as(rule).hasSizeLessThanOrEqualTo(MOST_ODD_VALUES));
    }

    @Test
    void aSlipInAPatternIsNoticed() {
        System.out.println("seed " + SEED);
        PackMutation.Report report = mutation().run(SHARE, SEED);
        System.out.println(report.table(3));
        assertThat(report.rulesWithoutAMiss()).isGreaterThanOrEqualTo(0.95);
    }

    /** Prints the whole table. */
    public static void main(String[] args) {
        System.out.println(mutation().run(1, SEED).table(args.length == 0 ? 100 : Integer.parseInt(args[0])));
    }
}
